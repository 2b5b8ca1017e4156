using Microsoft.ML;

namespace MLNetDebug.Data;

// Contract stubs: split into one file each by whoever implements them.

/// <summary>A repair that is an estimator fitted on the training data, so that new data gets the same numbers.</summary>
/// <param name="Title">One sentence that says what it does.</param>
/// <param name="Code">The C# a user would write to apply it.</param>
public abstract record EstimatorMend(string Title, string Code) : Mend(Title, Code)
{
    /// <summary>The estimator, of ML.NET's own parts only.</summary>
    /// <param name="ml">The context.</param>
    /// <returns>The estimator, not fitted.</returns>
    public abstract IEstimator<ITransformer> ToEstimator(MLContext ml);

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => ToEstimator(ml).Fit(data).Transform(data);
}

/// <summary>Normalises columns to zero mean and unit variance.</summary>
/// <param name="Columns">The columns that need it.</param>
public sealed record NormalizeMend(IReadOnlyList<string> Columns)
    : EstimatorMend("Normalise to zero mean and unit variance, fitted on the training data.", string.Empty)
{
    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml) => throw new NotSupportedException();
}

/// <summary>Replaces missing values by the column's mean.</summary>
/// <param name="Columns">The columns that need it.</param>
public sealed record ReplaceMissingMend(IReadOnlyList<string> Columns)
    : EstimatorMend("Replace missing values by the training mean.", string.Empty)
{
    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml) => throw new NotSupportedException();
}

/// <summary>Drops columns.</summary>
/// <param name="Columns">The columns.</param>
public sealed record DropColumnsMend(IReadOnlyList<string> Columns)
    : EstimatorMend("Drop the columns.", string.Empty)
{
    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml) => throw new NotSupportedException();
}

/// <summary>Drops slots of a vector column (the column keeps its name).</summary>
/// <param name="Column">The vector column.</param>
/// <param name="Slots">Zero-based slots.</param>
public sealed record DropSlotsMend(string Column, IReadOnlyList<int> Slots)
    : Mend("Drop the slots.", string.Empty)
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => throw new NotSupportedException();
}

/// <summary>Permutes all rows, not only within a pool.</summary>
/// <param name="Seed">The permutation's seed.</param>
public sealed record ShuffleMend(int Seed = 1) : Mend("Permute all rows.", string.Empty)
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => throw new NotSupportedException();
}

/// <summary>Moves labels back to the rows they belong to; rows that lose their label are dropped.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Offset">Row i's true label stands in row i + Offset.</param>
public sealed record RealignLabelsMend(string Label, int Offset) : Mend("Realign the labels.", string.Empty)
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => throw new NotSupportedException();
}

/// <summary>Drops rows by position.</summary>
/// <param name="Rows">Zero-based positions.</param>
/// <param name="What">What the rows are, for the title: <c>rows without a label</c>.</param>
public sealed record DropRowsMend(IReadOnlyList<long> Rows, string What) : Mend($"Drop {Rows.Count} {What}.", string.Empty)
{
    /// <summary>True where the rows stand in the hold-out data and not in the training data.</summary>
    public bool InHoldOut { get; init; }

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => throw new NotSupportedException();
}

/// <summary>Drops every row whose value in a column is missing (NaN, key 0, empty).</summary>
/// <param name="Column">The column.</param>
public sealed record DropMissingMend(string Column) : Mend($"Drop rows without a value in '{Column}'.", string.Empty)
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => throw new NotSupportedException();
}

/// <summary>Adds a weight column that balances the classes.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Weights">Weight by class value, as in <see cref="ClassCount.Value"/>.</param>
/// <param name="WeightColumn">The new column.</param>
public sealed record ClassWeightMend(string Label, IReadOnlyDictionary<double, float> Weights, string WeightColumn = "Weight")
    : Mend("Weight rows so that classes count alike.", string.Empty)
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => throw new NotSupportedException();
}

/// <summary>How rows are split anew.</summary>
public enum SplitKind
{
    /// <summary>Random rows.</summary>
    Random = 0,

    /// <summary>Each class in the same share.</summary>
    Stratified = 1,

    /// <summary>Groups stay whole.</summary>
    Group = 2,

    /// <summary>Earlier rows train, later rows test.</summary>
    Time = 3,
}

/// <summary>Splits all rows anew. <see cref="Mend.Apply"/> takes the rows of both splits and gives the training part.</summary>
/// <param name="Kind">How.</param>
/// <param name="Column">The label, group or time column; null for random.</param>
/// <param name="TestFraction">Share of rows to hold out, in (0, 1).</param>
/// <param name="Seed">The seed.</param>
public sealed record SplitMend(SplitKind Kind, string? Column, double TestFraction = 0.2, int Seed = 1)
    : Mend("Split the rows anew.", string.Empty)
{
    /// <summary>Splits; rows with equal features never stand on both sides.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="data">All rows.</param>
    /// <returns>The two parts.</returns>
    public DataOperationsCatalog.TrainTestData Split(MLContext ml, IDataView data) => throw new NotSupportedException();

    /// <summary>Splits the rows of two splits anew, for users who have no view of all rows.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="train">The training split that was checked.</param>
    /// <param name="test">The hold-out split that was checked, of the same columns.</param>
    /// <returns>The two new parts.</returns>
    public DataOperationsCatalog.TrainTestData Split(MLContext ml, IDataView train, IDataView test) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data) => Split(ml, data).TrainSet;
}
