using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD104.</summary>
public sealed record UnshuffledRowsOptions : RuleOptions
{
    /// <summary>
    /// Smallest dependence on the order that is told of: lag-1 dependence, rank correlation with the position, Cramér's V by blocks of
    /// positions, in (0, 1]. Default 0.05.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Floor { get; init; } = 0.05;

    /// <summary>Lag-1 dependence of labels that is warned of, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarnLag { get; init; } = 0.1;

    /// <summary>Label homogeneity h of batches that is warned of, in (0, 1]. Default 0.1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarnHomogeneity { get; init; } = 0.1;

    /// <summary>Dependence of the label on blocks of positions that is warned of, in (0, 1]. Default 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarnBlocks { get; init; } = 0.2;

    /// <summary>
    /// Largest adjusted p-value that is warned of; above it, up to the report's level, it is advice. In (0, 1]. Default 0.001: order that
    /// harms is far beyond it, and what chance brings in a healthy report seldom is.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarnPValue { get; init; } = 0.001;
}
