using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>What a model said of rows whose answers may be known, as numbers. Immutable.</summary>
public sealed record PredictionProfile
{
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

    /// <summary>Rows without a label; metrics leave them out, as ML.NET's evaluators do.</summary>
    public long MissingLabels { get; init; }

    /// <summary>Rows with a label and a finite score: what metrics, classes and calibration stand on.</summary>
    public long Judged { get; init; }

    /// <summary>The scores.</summary>
    public required ScoreSummary Scores { get; init; }

    /// <summary>The probabilities; null where the model gives none.</summary>
    public ProbabilitySummary? Probabilities { get; init; }

    /// <summary>Every class in ascending order; empty for a regression.</summary>
    public IReadOnlyList<ClassPredictions> Classes { get; init; } = [];

    /// <summary>The model held against the best constant answer; null where no row could be judged.</summary>
    public BaselineComparison? Baseline { get; init; }

    /// <summary>How far confidence can be believed; null without probabilities or with too few judged rows.</summary>
    public CalibrationProfile? Calibration { get; init; }

    /// <summary>Losses as they come out of the columns, nothing clamped.</summary>
    public IReadOnlyList<LossValue> Losses { get; init; } = [];
}

/// <summary>The columns a prediction profile was read from.</summary>
/// <param name="Score">The score column: a number, or one number per class.</param>
public sealed record PredictionColumns(string Score)
{
    /// <summary>The column of true answers; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The column of a binary model's probability; null where there is none. Several classes have theirs in <see cref="Score"/>.</summary>
    public string? Probability { get; init; }

    /// <summary>The column of predicted classes; null where there is none.</summary>
    public string? PredictedLabel { get; init; }

    /// <summary>The feature columns, read only where a score is not finite, to tell whose fault it is; empty where they are not known.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];
}

/// <summary>The scores of every row read.</summary>
public sealed record ScoreSummary
{
    /// <summary>Rows with a score that is NaN or infinite (of a vector: in any slot).</summary>
    public long NonFinite { get; init; }

    /// <summary>First row positions (at most 20) of such a score.</summary>
    public IReadOnlyList<long> NonFiniteRows { get; init; } = [];

    /// <summary>How many of <see cref="NonFinite"/> have a feature that is NaN or infinite itself: the model is not to blame for those.</summary>
    public long NonFiniteFeatures { get; init; }

    /// <summary>Least finite score; NaN where there is none. Over all slots of a vector.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>Greatest finite score; NaN where there is none.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>
    /// Largest spread of one slot's finite scores over the rows (max - min), relative to the largest absolute score; 0 where every row gets the same
    /// answer, NaN where no score is finite.
    /// </summary>
    public double RelativeSpread { get; init; } = double.NaN;

    /// <summary>Distinct predicted answers, counted up to 1,000: classes, or scores rounded to nothing.</summary>
    public int DistinctAnswers { get; init; }
}

/// <summary>The probabilities of every row read.</summary>
public sealed record ProbabilitySummary
{
    /// <summary>True where the schema says that these numbers are probabilities; false where they only stand where probabilities would.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>Rows with a probability below 0, above 1 (beyond rounding), or not finite.</summary>
    public long OutOfRange { get; init; }

    /// <summary>First row positions (at most 20) of those.</summary>
    public IReadOnlyList<long> OutOfRangeRows { get; init; } = [];

    /// <summary>Rows whose probabilities do not sum to 1 (beyond rounding); 0 for a binary model.</summary>
    public long NotSummingToOne { get; init; }

    /// <summary>First row positions (at most 20) of those.</summary>
    public IReadOnlyList<long> NotSummingToOneRows { get; init; } = [];

    /// <summary>The sum farthest from 1; NaN for a binary model.</summary>
    public double WorstSum { get; init; } = double.NaN;
}

/// <summary>One class among the judged rows.</summary>
/// <param name="Value">The 1-based key, or 0 and 1 for a binary label.</param>
/// <param name="Text">How the user writes it.</param>
/// <param name="Rows">Rows that carry it.</param>
/// <param name="Predicted">Rows for which it was predicted.</param>
/// <param name="Correct">Rows that carry it and for which it was predicted.</param>
public sealed record ClassPredictions(double Value, string Text, long Rows, long Predicted, long Correct);

/// <summary>A model's mean loss held against that of the best constant answer (class priors, mean target), row by row.</summary>
/// <param name="Loss">The loss, such as <c>log-loss</c>, <c>squared error</c> or <c>1 - AUC</c>.</param>
/// <param name="Rows">Rows it stands on.</param>
/// <param name="Model">The model's mean loss.</param>
/// <param name="Constant">The constant answer's mean loss.</param>
public sealed record BaselineComparison(string Loss, long Rows, double Model, double Constant)
{
    /// <summary>Share of the constant answer's loss that the model saves; negative where it is worse.</summary>
    public double Gain => Constant > 0 ? 1 - Model / Constant : double.NaN;

    /// <summary>Lower end of the 99.9 % interval of <see cref="Gain"/>.</summary>
    public double Low { get; init; } = double.NaN;

    /// <summary>Upper end of the 99.9 % interval of <see cref="Gain"/>.</summary>
    public double High { get; init; } = double.NaN;
}

/// <summary>One loss.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its mean over the judged rows.</param>
/// <param name="Rows">Rows it stands on.</param>
/// <param name="CanBeNegative">True for losses that may be negative (a log-likelihood of a density).</param>
public sealed record LossValue(string Name, double Value, long Rows, bool CanBeNegative = false);
