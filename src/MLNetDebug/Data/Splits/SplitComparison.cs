namespace MLNetDebug.Data;

/// <summary>What differs between two splits of one data set, as numbers. Immutable.</summary>
internal sealed record SplitComparison
{
    /// <summary>What the training split is called in messages.</summary>
    public required string TrainName { get; init; }

    /// <summary>What the hold-out split is called in messages.</summary>
    public required string TestName { get; init; }

    /// <summary>Rows of the training split.</summary>
    public required long TrainRows { get; init; }

    /// <summary>Rows of the hold-out split.</summary>
    public required long TestRows { get; init; }

    /// <summary>True where the second side is not a split but data that a fitted model meets: there is nothing to split anew.</summary>
    public bool IsNewData { get; init; }

    /// <summary>False where the first side is validation data: what it lacks, a model may still have been trained on.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>What the columns are for.</summary>
    public required DataDeclaration Declaration { get; init; }

    /// <summary>The feature slots that were compared, constant ones left out.</summary>
    public IReadOnlyList<ColumnComparison> Columns { get; init; } = [];

    /// <summary>What could not be compared, and why.</summary>
    public IReadOnlyList<NotChecked> NotCompared { get; init; } = [];

    /// <summary>The label; null where one side has none, or they cannot be compared.</summary>
    public LabelComparison? Label { get; init; }

    /// <summary>Why labels that both sides have could not be compared; null where they were.</summary>
    public string? LabelNotCompared { get; init; }

    /// <summary>Rank correlations between columns; null with fewer than two columns that vary, or too few rows.</summary>
    public CorrelationComparison? Correlations { get; init; }

    /// <summary>Rows that stand on both sides; null without fingerprints.</summary>
    public RowLeakage? Leakage { get; init; }

    /// <summary>Groups that stand on both sides; null without a declared group column.</summary>
    public GroupOverlap? Groups { get; init; }

    /// <summary>How the two splits lie in time; null without a declared time column.</summary>
    public TimeOverlap? Time { get; init; }
}

/// <summary>The label in two splits.</summary>
/// <param name="Name">The label column.</param>
internal sealed record LabelComparison(string Name)
{
    /// <summary>Classes; null for a continuous label.</summary>
    public CategoryShift? Classes { get; init; }

    /// <summary>Values; null for classes.</summary>
    public NumericShift? Values { get; init; }
}

/// <summary>Groups that stand on both sides.</summary>
/// <param name="Name">The group column.</param>
/// <param name="TrainGroups">Distinct groups in the training split.</param>
/// <param name="TestGroups">Distinct groups in the hold-out split.</param>
/// <param name="SharedGroups">Distinct groups on both sides.</param>
/// <param name="SharedRows">Hold-out rows of such a group.</param>
/// <param name="TestRows">Hold-out rows that have a group.</param>
/// <param name="IsExact">False where the figures stand on sampled rows: shared ones are then a lower bound.</param>
internal sealed record GroupOverlap(
    string Name, int TrainGroups, int TestGroups, int SharedGroups, long SharedRows, long TestRows, bool IsExact)
{
    /// <summary>Share of the hold-out rows.</summary>
    public double Share => TestRows == 0 ? 0 : (double)SharedRows / TestRows;
}

/// <summary>How two splits lie in time.</summary>
/// <param name="Name">The time column.</param>
/// <param name="Within">Sampled hold-out rows no later than the latest training row.</param>
/// <param name="TestRows">Sampled hold-out rows that have a time.</param>
internal sealed record TimeOverlap(string Name, long Within, long TestRows)
{
    /// <summary>Share of the hold-out rows.</summary>
    public double Share => TestRows == 0 ? 0 : (double)Within / TestRows;
}
