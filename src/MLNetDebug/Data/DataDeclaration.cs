namespace MLNetDebug.Data;

/// <summary>What is to be learned from the data.</summary>
public enum LearningTask
{
    /// <summary>Not known: rules that need a task do not run.</summary>
    Unknown = 0,

    /// <summary>Two classes.</summary>
    BinaryClassification = 1,

    /// <summary>Several classes.</summary>
    MulticlassClassification = 2,

    /// <summary>A real-valued target.</summary>
    Regression = 3,

    /// <summary>Graded relevance within groups.</summary>
    Ranking = 4,
}

/// <summary>How a trainer reacts to scales and missing values, by the way it learns.</summary>
public enum TrainerFamily
{
    /// <summary>Not known: judged as a gradient trainer, at lower severity.</summary>
    Unknown = 0,

    /// <summary>Decision trees and forests: indifferent to monotone scaling.</summary>
    Trees = 1,

    /// <summary>Stochastic gradient steps per row: perceptron, online gradient descent, SGD, networks.</summary>
    StochasticGradient = 2,

    /// <summary>Stochastic dual coordinate ascent.</summary>
    DualCoordinateAscent = 3,

    /// <summary>Batch quasi-Newton (L-BFGS).</summary>
    QuasiNewton = 4,

    /// <summary>Distances between rows: k-means, nearest neighbours.</summary>
    Distance = 5,

    /// <summary>Anything else.</summary>
    Other = 6,
}

/// <summary>What is known of the trainer that will see the data.</summary>
/// <param name="Name">Its type name, such as <c>SdcaMaximumEntropyMulticlassTrainer</c>.</param>
/// <param name="Family">How it learns.</param>
/// <param name="NeedsNormalization">What it says of itself (<c>Info.NeedNormalization</c>); null where it says nothing.</param>
public sealed record TrainerTraits(string Name, TrainerFamily Family, bool? NeedsNormalization)
{
    /// <summary>True for trainers that count the classes they meet instead of those declared, so that a declared class without rows ends training. Default false.</summary>
    public bool CountsClassesFromRows { get; init; }

    /// <summary>True for trainers that fail on a key label without its values. Default false.</summary>
    public bool NeedsKeyValues { get; init; }

    /// <summary>True for trainers that shuffle the rows themselves, all of them and anew for every pass, so that their order is no matter. Default false.</summary>
    public bool ShufflesRows { get; init; }
}

/// <summary>What the columns of a data set are for, as the user declared it or as ML.NET's conventions say.</summary>
public sealed record DataDeclaration
{
    /// <summary>The default batch size rows are judged at.</summary>
    public const int DefaultBatchSize = 32;

    /// <summary>The label column; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The feature columns.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The column whose values must not stand on both sides of a split (user, patient, query).</summary>
    public string? Group { get; init; }

    /// <summary>The example weight column.</summary>
    public string? Weight { get; init; }

    /// <summary>The column that gives each row's time.</summary>
    public string? Time { get; init; }

    /// <summary>What is to be learned.</summary>
    public LearningTask Task { get; init; }

    /// <summary>The trainer; null where unknown.</summary>
    public TrainerTraits? Trainer { get; init; }

    /// <summary>Rows per batch, at least 1. Default 32.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>True where the order of rows is meant (time series): order is then not a fault.</summary>
    public bool ExpectOrdered { get; init; }

    /// <summary>What was assumed and not said by the user, one sentence each.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];
}
