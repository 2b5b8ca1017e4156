using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// The median stopping rule (Golovin et al., KDD 2017): a trial ends where its best loss so far is worse than the median, over finished trials of the same pipeline, of their mean loss up
/// to the same step or iteration. It needs trainers that show their loss while they learn (<see cref="Guards.FitSignal.Loss"/>); of others every trial is let run.
/// </summary>
public sealed record PruningOptions
{
    /// <summary>Finished trials of the same pipeline that must have shown a loss by then, 1 to 1,000. Default 5.</summary>
    [Range(1, 1_000)]
    public int MinimumTrials { get; init; } = 5;

    /// <summary>No trial is ended before this step or iteration, 0 or more. Default 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double WarmUp { get; init; }
}
