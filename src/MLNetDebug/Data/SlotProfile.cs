namespace MLNetDebug.Data;

/// <summary>
/// One slot of a column over every row. For text, <see cref="Min"/> to <see cref="Variance"/> describe the length in characters;
/// for time columns ticks; for keys the 1-based code; for booleans 0 and 1.
/// </summary>
public sealed record SlotProfile
{
    /// <summary>Zero-based slot.</summary>
    public required int Index { get; init; }

    /// <summary>The slot's name, or <c>Features[3]</c> where it has none.</summary>
    public required string Name { get; init; }

    /// <summary>Rows seen.</summary>
    public required long Count { get; init; }

    /// <summary>Missing values by the type's own rules (NaN, empty text, key 0); for floats this counts the NaN.</summary>
    public long Missing { get; init; }

    /// <summary>Values of +Infinity.</summary>
    public long PositiveInfinities { get; init; }

    /// <summary>Values of -Infinity.</summary>
    public long NegativeInfinities { get; init; }

    /// <summary>Values that are exactly 0 (text: never).</summary>
    public long Zeros { get; init; }

    /// <summary>Least finite value; NaN where there is none.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>Greatest finite value; NaN where there is none.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>Mean of the finite values, accumulated in double.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>Sample variance (n - 1) of the finite values; 0 for a single one, NaN for none.</summary>
    public double Variance { get; init; } = double.NaN;

    /// <summary>
    /// Lag-1 autocorrelation in row order over all rows, about the overall mean: sum of neighbouring products by sum of squares,
    /// scaled by (n - 1) / pairs where non-finite values leave pairs out; NaN where undefined.
    /// </summary>
    public double Lag1 { get; init; } = double.NaN;

    /// <summary>First row positions (at most 5) of a missing value.</summary>
    public IReadOnlyList<long> MissingRows { get; init; } = [];

    /// <summary>First row positions (at most 5) of an infinite value.</summary>
    public IReadOnlyList<long> InfiniteRows { get; init; } = [];

    /// <summary>What the sampled rows say; null beyond the first 2,000 slots.</summary>
    public SlotSketch? Sketch { get; init; }

    /// <summary>Finite, non-missing values.</summary>
    public long Finite => Count - Missing - PositiveInfinities - NegativeInfinities;

    /// <summary>Square root of <see cref="Variance"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>Share of rows that are missing; 0 for no rows.</summary>
    public double MissingShare => Count == 0 ? 0 : (double)Missing / Count;

    /// <summary>Share of rows that are 0; 0 for no rows.</summary>
    public double ZeroShare => Count == 0 ? 0 : (double)Zeros / Count;
}
