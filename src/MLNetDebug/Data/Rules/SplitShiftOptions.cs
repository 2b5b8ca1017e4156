using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD111.</summary>
public sealed record SplitShiftOptions : RuleOptions
{
    /// <summary>Kolmogorov-Smirnov distance, or total variation for categories, from which a shift is named, in (0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double InfoFloor { get; init; } = 0.05;

    /// <summary>The same from which it is warned of, in (0, 1]. Default 0.10, the distance of a normal mean moved by a quarter of its sd.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarningFloor { get; init; } = 0.10;

    /// <summary>Difference of the shares of missing values that is warned of, in (0, 1]. Default 0.02.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double MissingFloor { get; init; } = 0.02;

    /// <summary>
    /// Share of hold-out numbers that the training data lacks, beyond its range or one value repeated within it, that is warned of, in (0, 1).
    /// Default 0.005.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double UnseenFloor { get; init; } = 0.005;

    /// <summary>Share of hold-out values of a category the training data lacks that is warned of, in (0, 1]. Default 0.001.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double NewCategoryFloor { get; init; } = 0.001;

    /// <summary>At most so many columns get a finding of their own, at least 1; one more finding sums up the others. Default 10.</summary>
    [Range(1, 10_000)]
    public int MaxFindings { get; init; } = 10;
}
