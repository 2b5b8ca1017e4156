using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>How rows are split anew.</summary>
public enum SplitKind
{
    /// <summary>Random rows.</summary>
    Random = 0,

    /// <summary>Each class in the same share; a numeric target with more than 100 values by its deciles.</summary>
    Stratified = 1,

    /// <summary>Groups stay whole.</summary>
    Group = 2,

    /// <summary>Earlier rows train, later rows test.</summary>
    Time = 3,
}

/// <summary>The two parts of a split.</summary>
/// <param name="TrainSet">The rows to train on.</param>
/// <param name="TestSet">The rows to hold out.</param>
public sealed record DataSplit(IDataView TrainSet, IDataView TestSet);
