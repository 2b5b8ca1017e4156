namespace MLNetDebug.Data;

/// <summary>One feature slot in two splits.</summary>
/// <param name="Subject">The slot.</param>
/// <param name="Kind">Its kind.</param>
internal sealed record ColumnComparison(Subject Subject, ColumnKind Kind)
{
    /// <summary>Missing values, over all rows.</summary>
    public required ShareComparison Missing { get; init; }

    /// <summary>Numbers: the distributions; null for categories, and where one side has no value.</summary>
    public NumericShift? Numeric { get; init; }

    /// <summary>Categories: the counts; null for numbers, and where one side has no value.</summary>
    public CategoryShift? Categories { get; init; }
}

/// <summary>How often something stands on either side.</summary>
/// <param name="Train">Rows that have it in the training split.</param>
/// <param name="TrainRows">Rows looked at there.</param>
/// <param name="Test">Rows that have it in the hold-out split.</param>
/// <param name="TestRows">Rows looked at there.</param>
internal readonly record struct ShareComparison(long Train, long TrainRows, long Test, long TestRows)
{
    /// <summary>Share in the training split; 0 for no rows.</summary>
    public double TrainShare => TrainRows == 0 ? 0 : (double)Train / TrainRows;

    /// <summary>Share in the hold-out split; 0 for no rows.</summary>
    public double TestShare => TestRows == 0 ? 0 : (double)Test / TestRows;

    /// <summary>Absolute difference of the shares.</summary>
    public double Difference => Math.Abs(TestShare - TrainShare);

    /// <summary>Exact two-sided p-value (Fisher).</summary>
    public double PValue => RandomSplit.SharesDiffer(Train, TrainRows, Test, TestRows);
}
