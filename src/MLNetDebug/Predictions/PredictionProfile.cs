using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>What a model said of rows whose answers may be known, as numbers. Immutable.</summary>
public sealed record PredictionProfile
{
    /// <summary>At most so many judged rows are kept for what cannot be counted row by row: ranking, calibration and the comparison with a constant answer.</summary>
    public const int MaxSampledRows = 20_000;

    /// <summary>At most so many classes are listed.</summary>
    public const int MaxClasses = 10_000;

    /// <summary>What the rows are called in messages, such as <c>hold-out data</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What was to be learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The columns that were read.</summary>
    public required PredictionColumns Columns { get; init; }

    /// <summary>Rows read.</summary>
    public required long Rows { get; init; }

    /// <summary>False where a budget of rows or time ended the pass early, or where the rows are a sample.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>True where a budget of rows or time ended the pass early; <see cref="Rows"/> were read.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>Rows without a label; metrics leave them out, as ML.NET's evaluators do.</summary>
    public long MissingLabels { get; init; }

    /// <summary>Rows with a label and a finite score: what metrics, classes and calibration stand on.</summary>
    public long Judged { get; init; }

    /// <summary>Judged rows whose class was predicted right; 0 where no classes are to be learned.</summary>
    public long Correct { get; init; }

    /// <summary>
    /// Judged rows that <see cref="Baseline"/>, <see cref="Discrimination"/> and <see cref="Calibration"/> stand on: all of them, or a sample by
    /// hashed position of at most <see cref="MaxSampledRows"/> (fewer where a row has more than 200 scores). <see cref="Classes"/> and
    /// <see cref="Losses"/> stand on every judged row.
    /// </summary>
    public long SampledRows { get; init; }

    /// <summary>The scores.</summary>
    public required ScoreSummary Scores { get; init; }

    /// <summary>The probabilities; null where the model gives none.</summary>
    public ProbabilitySummary? Probabilities { get; init; }

    /// <summary>Every class that was scored, carried or predicted, in ascending order, at most <see cref="MaxClasses"/>; empty for a regression.</summary>
    public IReadOnlyList<ClassPredictions> Classes { get; init; } = [];

    /// <summary>
    /// The model held against the best constant answer: log-loss where there are valid probabilities, else 1 - AUC (two classes) or the share of wrong
    /// answers (several); squared error for a regression. Null where no row could be judged.
    /// </summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>
    /// The same without regard to confidence: 1 - AUC for two classes, the share of wrong answers for several. A model that is too sure of itself may lose
    /// to the class priors by <see cref="Baseline"/> and still tell the classes apart. Null for other tasks and where no row could be judged.
    /// </summary>
    public BaselineComparison? Discrimination { get; init; }

    /// <summary>How far confidence can be believed; null without valid probabilities or with too few judged rows (<see cref="CalibrationProfile.MinRows"/>).</summary>
    public CalibrationProfile? Calibration { get; init; }

    /// <summary>Losses as they come out of the columns, nothing clamped.</summary>
    public IReadOnlyList<LossValue> Losses { get; init; } = [];

    /// <summary>Share of the judged rows whose class was predicted right; NaN where there are none, or no classes.</summary>
    public double Accuracy => Judged == 0 || Task is not (LearningTask.BinaryClassification or LearningTask.MulticlassClassification) ? double.NaN : (double)Correct / Judged;
}
