using System.ComponentModel.DataAnnotations;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML;

/// <summary>How the trials of a pipeline are guarded and evaluated. Everything has a default.</summary>
public sealed record PipelineTrialOptions
{
    /// <summary>How each trial's trainer is guarded, where the pipeline does not guard it itself. Default: as <c>Guard()</c> does.</summary>
    [Required]
    public GuardOptions Guard { get; init; } = new();

    /// <summary>Columns and task of the scored rows. Default: ML.NET's conventions.</summary>
    [Required]
    public EvaluateOptions Evaluate { get; init; } = new();
}
