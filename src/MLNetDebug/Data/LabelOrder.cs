namespace MLNetDebug.Data;

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
