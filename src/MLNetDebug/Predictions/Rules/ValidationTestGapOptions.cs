using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Predictions;

/// <summary>Options of MLD402.</summary>
public sealed record ValidationTestGapOptions : RuleOptions
{
    /// <summary>Accuracy lost from which it is warned of, in (0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double AccuracyFloor { get; init; } = 0.05;

    /// <summary>Growth of the mean squared error of a regression, in proportion to that of the validation rows, from which it is warned of, in (0, 1000]. Default 0.25.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double ErrorFloor { get; init; } = 0.25;

    /// <summary>Standard errors that the gap must exceed, in [0, 100]. Default 3.</summary>
    [Range(0.0, 100.0)]
    public double StandardErrors { get; init; } = 3;

    /// <summary>Difference between the reported and the recomputed validation metric that rounding does not explain (of metrics that are no share, in proportion), in (0, 1]. Default 0.005.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MetricTolerance { get; init; } = 0.005;
}
