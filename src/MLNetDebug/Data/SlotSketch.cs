namespace MLNetDebug.Data;

/// <summary>A value and how often it stands in the sample.</summary>
/// <param name="Value">The number, or the code of a text.</param>
/// <param name="Text">The text itself for text columns.</param>
/// <param name="Count">How often, in sampled rows.</param>
public sealed record HeavyHitter(double Value, string? Text, long Count);

/// <summary>What the sampled rows say of one slot.</summary>
public sealed record SlotSketch
{
    /// <summary>Sampled rows with a finite value (or a text).</summary>
    public required int Count { get; init; }

    /// <summary>
    /// Half-width of the 95 % band of a sampled quantile's rank (Dvoretzky-Kiefer-Wolfowitz with Massart's constant), 0 where the
    /// sample is the whole data.
    /// </summary>
    public double RankError { get; init; }

    /// <summary>Quantiles at 0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1 of the sampled values; empty for text.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>Distinct values in the sample.</summary>
    public required long Distinct { get; init; }

    /// <summary>True where the sample is the whole data, so that <see cref="Distinct"/> is exact; else it is a lower bound.</summary>
    public bool IsExact { get; init; }

    /// <summary>The most frequent values, at most 16, those that stand at least twice.</summary>
    public IReadOnlyList<HeavyHitter> HeavyHitters { get; init; } = [];

    /// <summary>Dependence on the label; null without a label.</summary>
    public LabelAssociation? Association { get; init; }

    /// <summary>Dependence on the position of the row; null where not computed.</summary>
    public SlotOrder? Order { get; init; }

    /// <summary>Median; NaN for text.</summary>
    public double Median => Quantiles.Count == 9 ? Quantiles[4] : double.NaN;

    /// <summary>Interquartile range; NaN for text.</summary>
    public double InterquartileRange => Quantiles.Count == 9 ? Quantiles[5] - Quantiles[3] : double.NaN;
}
