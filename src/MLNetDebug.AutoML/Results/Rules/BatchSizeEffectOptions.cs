using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.AutoML;

/// <summary>Options of MLD501.</summary>
public sealed record BatchSizeEffectOptions : RuleOptions
{
    /// <summary>The smallest difference that matters, as a share of the metric, in [0, 1]. Default 0.005.</summary>
    [Range(0.0, 1.0)]
    public double MinimumEffect { get; init; } = 0.005;

    /// <summary>The largest adjusted p-value that counts, in [0, 1]; what the report asks for counts where it is lower. Default 0.01: of what is advice, nothing is to be said where there is no effect.</summary>
    [Range(0.0, 1.0)]
    public double MaxPValue { get; init; } = 0.01;
}
