namespace MLNetDebug.Data;

/// <summary>One class and how many rows carry it.</summary>
/// <param name="Value">The number, the 1-based key, or for text the order of first appearance from 1.</param>
/// <param name="Text">How the user writes it (key value, text, number).</param>
/// <param name="Count">Rows.</param>
public sealed record ClassCount(double Value, string Text, long Count);

/// <summary>The label over every row.</summary>
public sealed record LabelProfile
{
    /// <summary>At most so many distinct label values are counted; beyond that the label is continuous.</summary>
    public const int MaxClasses = 10_000;

    /// <summary>The label column.</summary>
    public required string Name { get; init; }

    /// <summary>The column's kind.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The column's ML.NET type as text.</summary>
    public required string TypeText { get; init; }

    /// <summary>Rows.</summary>
    public required long Count { get; init; }

    /// <summary>Rows without a label: NaN, key 0, empty text.</summary>
    public long Missing { get; init; }

    /// <summary>First row positions (at most 20) without a label.</summary>
    public IReadOnlyList<long> MissingRows { get; init; } = [];

    /// <summary>Infinite labels.</summary>
    public long Infinite { get; init; }

    /// <summary>First row positions (at most 20) with an infinite label.</summary>
    public IReadOnlyList<long> InfiniteRows { get; init; } = [];

    /// <summary>Finite labels that are not integers.</summary>
    public long NonInteger { get; init; }

    /// <summary>Negative labels.</summary>
    public long Negative { get; init; }

    /// <summary>Distinct values in ascending order with their counts; empty where there are more than <see cref="MaxClasses"/>.</summary>
    public IReadOnlyList<ClassCount> Classes { get; init; } = [];

    /// <summary>True where more than <see cref="MaxClasses"/> distinct values were seen.</summary>
    public bool TooManyClasses { get; init; }

    /// <summary>Declared number of keys; null for other kinds.</summary>
    public ulong? KeyCount { get; init; }

    /// <summary>True where a key label carries its values.</summary>
    public bool HasKeyValues { get; init; }

    /// <summary>Texts of declared keys no row carries (at most 100).</summary>
    public IReadOnlyList<string> AbsentKeys { get; init; } = [];

    /// <summary>How many declared keys no row carries.</summary>
    public long AbsentKeyCount { get; init; }

    /// <summary>Moments of a numeric label; null for text.</summary>
    public SlotProfile? Moments { get; init; }

    /// <summary>What the order of the labels says; null without labelled rows.</summary>
    public LabelOrder? Order { get; init; }

    /// <summary>
    /// Labels in row order, one per row from the first, at most <see cref="MaxSequence"/>; NaN where missing or infinite. Class labels as in
    /// <see cref="ClassCount.Value"/>.
    /// </summary>
    internal float[] Sequence { get; init; } = [];

    /// <summary>At most so many labels are kept in <see cref="Sequence"/>.</summary>
    internal const int MaxSequence = 1 << 19;
}

/// <summary>What the order of the labels over all rows says. Class labels are compared for equality; for regression see <see cref="Lag1"/>.</summary>
public sealed record LabelOrder
{
    /// <summary>Labelled rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Neighbouring rows with equal label (join count).</summary>
    public long AdjacentEqual { get; init; }

    /// <summary>Its expectation under a random permutation of the same labels: sum of n_k (n_k - 1) / n.</summary>
    public double AdjacentEqualExpected { get; init; }

    /// <summary>Its standardised excess (exact permutation mean and variance); positive where equal labels stand together. 0 for regression.</summary>
    public double JoinZ { get; init; }

    /// <summary>
    /// Lag-1 dependence in [-1, 1]: for classes (observed - expected) / (n - 1 - expected); for regression the autocorrelation of the ranks
    /// of the first 262,144 rows.
    /// </summary>
    public double Lag1 { get; init; }

    /// <summary>p-value of <see cref="JoinZ"/> (one-sided) for classes, of the autocorrelation (two-sided) for regression.</summary>
    public double Lag1P { get; init; } = 1;

    /// <summary>
    /// Cramér's V of label by 20 to 40 equal blocks of positions, corrected for chance (regression: square root of the share of the ranks'
    /// variance that 20 blocks explain, corrected for chance; beyond 262,144 rows of the values' variance).
    /// </summary>
    public double BlockEffect { get; init; }

    /// <summary>p-value of that dependence.</summary>
    public double BlockP { get; init; } = 1;

    /// <summary>How alike the labels within batches are; null for regression.</summary>
    public BatchHomogeneity? Batches { get; init; }

    /// <summary>Rows of the first run of equal labels.</summary>
    public long FirstRun { get; init; }

    /// <summary>Longest run of equal labels.</summary>
    public long LongestRun { get; init; }

    /// <summary>True for class labels, false for regression.</summary>
    public bool IsClassification { get; init; }
}

/// <summary>
/// Label homogeneity of full batches of B rows, at row 0, B, 2B, ...: X^2 = sum over batches and classes of (c - m p)^2 / (m p) * (n - 1) / n
/// with m labelled rows in a batch, df = (batches - 1)(K - 1), h = (X^2 / df - 1) / (B - 1), at most 1: 0 for shuffled rows, 1 for
/// single-class batches, negative for stratified ones.
/// </summary>
public sealed record BatchHomogeneity
{
    /// <summary>Rows per batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Full batches with a labelled row.</summary>
    public required long Batches { get; init; }

    /// <summary>The statistic h.</summary>
    public double H { get; init; }

    /// <summary>Upper-tail p-value of the chi-square, from its exact mean and variance under permutation.</summary>
    public double PValue { get; init; } = 1;

    /// <summary>Full batches of at least two labelled rows in which all labels are equal.</summary>
    public long SingleClass { get; init; }

    /// <summary>Share of single-class batches that shuffled rows would give: sum of p_k^B (without replacement).</summary>
    public double SingleClassExpectedShare { get; init; }

    /// <summary>Share of full batches in which all labels are equal.</summary>
    public double SingleClassShare => Batches == 0 ? 0 : (double)SingleClass / Batches;
}

/// <summary>What the source's row ids say.</summary>
public sealed record RowIdProfile
{
    /// <summary>Neighbouring rows whose id rises by exactly one.</summary>
    public long Consecutive { get; init; }

    /// <summary>Neighbouring rows whose id rises.</summary>
    public long Rising { get; init; }

    /// <summary>Neighbouring pairs compared.</summary>
    public long Pairs { get; init; }

    /// <summary>Greatest distance between a row's position and its id; large where a global shuffle took place, 0 where ids are positions.</summary>
    public long MaxDisplacement { get; init; }

    /// <summary>Mean distance between a row's position and its id.</summary>
    public double MeanDisplacement { get; init; }

    /// <summary>True where every id rises: file order, or ids that a cache numbered anew.</summary>
    public bool IsMonotone => Pairs > 0 && Rising == Pairs;
}

/// <summary>What fingerprints of rows (64 bit, over canonical values: NaN equal, -0 = 0) say of duplicates.</summary>
public sealed record DuplicateProfile
{
    /// <summary>True where all rows were compared; false where a sample of the fingerprint space stands for them.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Rows the counts stand on (all rows where exact, else the sampled ones).</summary>
    public required long Rows { get; init; }

    /// <summary>Share of the fingerprint space that was kept; 1 where exact.</summary>
    public double SampledShare { get; init; } = 1;

    /// <summary>Rows whose features equal those of an earlier row.</summary>
    public long DuplicateFeatures { get; init; }

    /// <summary>Rows whose features and label equal those of an earlier row.</summary>
    public long DuplicateRows { get; init; }

    /// <summary>Groups of rows with equal features and different labels.</summary>
    public long ConflictingGroups { get; init; }

    /// <summary>Rows in those groups.</summary>
    public long ConflictingRows { get; init; }

    /// <summary>First conflicting pairs of row positions (at most 20).</summary>
    public IReadOnlyList<(long First, long Second)> ConflictingExamples { get; init; } = [];

    /// <summary>First duplicate pairs of row positions (at most 20).</summary>
    public IReadOnlyList<(long First, long Second)> DuplicateExamples { get; init; } = [];
}
