using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD115.</summary>
public sealed record TargetLeakageOptions : RuleOptions
{
    /// <summary>
    /// AUC of one feature alone from which it may be a leak, in (0.5, 1]. Default 0.995. With several classes it is that of the best class, and the
    /// feature must besides tell all classes apart.
    /// </summary>
    [Range(0.5, 1.0, MinimumIsExclusive = true)]
    public double Auc { get; init; } = 0.995;

    /// <summary>|Spearman| of one feature with a number to predict from which it may be a leak, in (0, 1]. Default 0.999.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Spearman { get; init; } = 0.999;

    /// <summary>Cramér's V of one category column with the label from which it may be a leak, in (0, 1]. Default 0.99.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double CramersV { get; init; } = 0.99;

    /// <summary>
    /// How many times closer to perfect than the next feature it must be, at least 1: easy data has several features that tell the label. Default 10.
    /// </summary>
    [Range(1.0, 1e6)]
    public double Exceedance { get; init; } = 10;

    /// <summary>AUC from which a feature that exceeds the next one four times is named as an Info, in (0.5, 1]. Default 0.95.</summary>
    [Range(0.5, 1.0, MinimumIsExclusive = true)]
    public double InfoAuc { get; init; } = 0.95;

    /// <summary>Labelled rows that are needed, at least 10. Default 50.</summary>
    [Range(10, int.MaxValue)]
    public int MinimumRows { get; init; } = 50;

    /// <summary>Rows the rarest class needs, at least 1. Default 8.</summary>
    [Range(1, int.MaxValue)]
    public int MinimumClassRows { get; init; } = 8;

    internal double Limit(AssociationKind kind) => kind switch
    {
        AssociationKind.Auc => Auc,
        AssociationKind.Spearman => Spearman,
        _ => CramersV,
    };
}
