namespace MLNetDebug.Data;

/// <summary>The numbers of one data set: one streaming pass over every row, and sketches on a deterministic sample. Immutable.</summary>
public sealed record DataProfile
{
    /// <summary>What the data set is called in messages, such as <c>training data</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Rows read.</summary>
    public required long RowCount { get; init; }

    /// <summary>False where a row or time budget ended the pass early.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What the columns are for.</summary>
    public required DataDeclaration Declaration { get; init; }

    /// <summary>Every column in schema order; those not read carry a reason.</summary>
    public required IReadOnlyList<ColumnProfile> Columns { get; init; }

    /// <summary>The label; null where there is none or its type cannot be one.</summary>
    public LabelProfile? Label { get; init; }

    /// <summary>What the fingerprints of rows say; null where no feature was read.</summary>
    public DuplicateProfile? Duplicates { get; init; }

    /// <summary>What the source's row ids say of the order.</summary>
    public required RowIdProfile RowIds { get; init; }

    /// <summary>The sampled rows.</summary>
    public required DataSample Sample { get; init; }

    /// <summary>The columns rules judge: declared features that were read.</summary>
    public IEnumerable<ColumnProfile> FeatureColumns => Columns.Where(c => c.Role == ColumnRole.Feature && c.NotCheckedReason is null);

    /// <summary>The column of a name; null where there is none.</summary>
    /// <param name="name">The column.</param>
    /// <returns>The column or null.</returns>
    public ColumnProfile? Column(string? name) => name is null ? null : Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>Merges the profiles of two neighbouring parts: what one pass over the whole gives (moments but for rounding).</summary>
    /// <param name="earlier">The part that comes first.</param>
    /// <param name="later">The part that begins where it ends, profiled with <see cref="DataProfilerOptions.FirstRow"/>.</param>
    /// <returns>The profile of both.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The parts do not follow each other, or their columns or declarations differ.</exception>
    /// <exception cref="InvalidOperationException">A profile was not made by a <see cref="DataProfiler"/>.</exception>
    public static DataProfile Merge(DataProfile earlier, DataProfile later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        return ProfileMerger.Merge(earlier, later);
    }

    /// <summary>Saves the profile, its sample and its fingerprints in a binary form of this library's own. The stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="InvalidOperationException">The profile was not made by a <see cref="DataProfiler"/>.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ProfileFile.Save(ProfileMerger.StateOf(this), stream);
    }

    /// <summary>Loads a saved profile. The stream stays open.</summary>
    /// <param name="stream">Where from.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="InvalidDataException">The stream does not hold a saved profile, or it is damaged or of another version.</exception>
    public static DataProfile Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ProfileFile.Load(stream);
    }

    /// <summary>Fingerprints of rows, for comparing splits; null where no feature was read.</summary>
    internal RowFingerprints? Fingerprints { get; init; }

    /// <summary>What the profile was made of, for merging and saving; null in profiles made by hand.</summary>
    internal ProfileState? State { get; init; }
}

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>Neither of the others: profiled where asked, never judged.</summary>
    Other = 0,

    /// <summary>A feature.</summary>
    Feature = 1,

    /// <summary>The label.</summary>
    Label = 2,

    /// <summary>The group.</summary>
    Group = 3,

    /// <summary>The example weight.</summary>
    Weight = 4,

    /// <summary>The row's time.</summary>
    Time = 5,
}

/// <summary>The kinds of column ML.NET has.</summary>
public enum ColumnKind
{
    /// <summary>A kind that is not checked (images, custom types).</summary>
    NotChecked = 0,

    /// <summary>Any number type, scalar or vector.</summary>
    Number = 1,

    /// <summary>Booleans.</summary>
    Boolean = 2,

    /// <summary>Text.</summary>
    Text = 3,

    /// <summary>Keys (1-based codes, 0 is missing).</summary>
    Key = 4,

    /// <summary>DateTime, DateTimeOffset or TimeSpan, as ticks.</summary>
    Time = 5,
}

/// <summary>One column.</summary>
public sealed record ColumnProfile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its index in the schema.</summary>
    public required int Index { get; init; }

    /// <summary>Its kind; for a vector that of its items.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Its ML.NET type as text, such as <c>Vector&lt;Single, 50&gt;</c>.</summary>
    public required string TypeText { get; init; }

    /// <summary>What it is for.</summary>
    public required ColumnRole Role { get; init; }

    /// <summary>True for vector columns.</summary>
    public bool IsVector { get; init; }

    /// <summary>True where the items are stored as 32-bit floats, which round integers above 2^24.</summary>
    public bool IsSingle { get; init; }

    /// <summary>True where the schema says a normaliser made it (<c>IsNormalized</c>).</summary>
    public bool IsNormalized { get; init; }

    /// <summary>Declared number of values of a key column; null for other kinds and unbounded keys.</summary>
    public ulong? KeyCount { get; init; }

    /// <summary>True where a key column carries its values.</summary>
    public bool HasKeyValues { get; init; }

    /// <summary>Slot ranges [first, last] that one-hot encode one category each (<c>CategoricalSlotRanges</c>).</summary>
    public IReadOnlyList<(int First, int Last)> CategoricalRanges { get; init; } = [];

    /// <summary>One entry per slot; a scalar column has one. Empty where not checked.</summary>
    public IReadOnlyList<SlotProfile> Slots { get; init; } = [];

    /// <summary>Why it was not checked; null where it was.</summary>
    public string? NotCheckedReason { get; init; }

    /// <summary>True where a slot belongs to a one-hot group.</summary>
    /// <param name="slot">Zero-based slot.</param>
    /// <returns>Whether it does.</returns>
    public bool IsCategoricalSlot(int slot) => CategoricalRanges.Any(r => slot >= r.First && slot <= r.Last);

    /// <summary>The subject of a finding about one slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>The subject.</returns>
    public Subject SubjectOf(SlotProfile slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return IsVector ? Subject.Column(Name, slot.Index, slot.Name) : Subject.Column(Name);
    }
}

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

/// <summary>How one feature alone tells the label.</summary>
public enum AssociationKind
{
    /// <summary>Area under the ROC curve, folded to [0.5, 1]; for several classes the best one-against-rest.</summary>
    Auc = 0,

    /// <summary>Absolute Spearman rank correlation, in [0, 1].</summary>
    Spearman = 1,

    /// <summary>Cramér's V between categories, bias-corrected, in [0, 1].</summary>
    CramersV = 2,
}

/// <summary>Dependence of one feature on the label in the sample.</summary>
/// <param name="Kind">The statistic.</param>
/// <param name="Value">Its value.</param>
/// <param name="Rows">Rows it stands on.</param>
public sealed record LabelAssociation(AssociationKind Kind, double Value, int Rows);

/// <summary>
/// Dependence of one slot on the position of the row, on ranks of sampled values: of the values themselves, and of their distance
/// from the middle rank, which sees changes of spread. Each p-value is one test.
/// </summary>
public sealed record SlotOrder
{
    /// <summary>Rows the tests stand on.</summary>
    public required int Rows { get; init; }

    /// <summary>Lag-1 rank autocorrelation; NaN where neighbouring rows were not sampled.</summary>
    public double RankLag1 { get; init; } = double.NaN;

    /// <summary>Two-sided p-value of <see cref="RankLag1"/>; 1 where undefined.</summary>
    public double RankLag1P { get; init; } = 1;

    /// <summary>Spearman correlation of value and position.</summary>
    public double Spearman { get; init; }

    /// <summary>Two-sided p-value of <see cref="Spearman"/>.</summary>
    public double SpearmanP { get; init; } = 1;

    /// <summary>Kruskal-Wallis over position blocks as epsilon-squared, in [0, 1].</summary>
    public double BlockEffect { get; init; }

    /// <summary>p-value of the Kruskal-Wallis test.</summary>
    public double BlockP { get; init; } = 1;

    /// <summary>Lag-1 autocorrelation of the rank's distance from the middle; NaN where neighbours were not sampled.</summary>
    public double SpreadLag1 { get; init; } = double.NaN;

    /// <summary>Two-sided p-value of <see cref="SpreadLag1"/>.</summary>
    public double SpreadLag1P { get; init; } = 1;

    /// <summary>Spearman correlation of the rank's distance from the middle with position.</summary>
    public double SpreadSpearman { get; init; }

    /// <summary>Two-sided p-value of <see cref="SpreadSpearman"/>.</summary>
    public double SpreadSpearmanP { get; init; } = 1;

    /// <summary>Kruskal-Wallis of the rank's distance from the middle over position blocks, as epsilon-squared.</summary>
    public double SpreadBlockEffect { get; init; }

    /// <summary>p-value of that test.</summary>
    public double SpreadBlockP { get; init; } = 1;
}
