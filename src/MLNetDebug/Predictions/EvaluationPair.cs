using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>One model on validation and on test rows, and what may explain that it does better on the first. Immutable.</summary>
internal sealed record EvaluationPair
{
    /// <summary>The model's answers on the validation rows.</summary>
    public required PredictionProfile Validation { get; init; }

    /// <summary>The model's answers on the test rows.</summary>
    public required PredictionProfile Test { get; init; }

    /// <summary>The two compared, validation in place of training; null where they could not be.</summary>
    public SplitComparison? Splits { get; init; }

    /// <summary>Whether a model tells them apart; null where none was trained.</summary>
    public DomainClassifier? Domain { get; init; }

    /// <summary>Validation rows that are training rows; null where no training data was given or rows have no fingerprints.</summary>
    public SeenRows? Seen { get; init; }

    /// <summary>The metric that the user's trainer reported, against the same one computed anew; null where none was given.</summary>
    public ReportedComparison? Reported { get; init; }
}

/// <summary>Validation rows whose features stand in the training data.</summary>
/// <param name="Rows">How many, and how many natural duplicates predict.</param>
/// <param name="Answers">The model's answers on those of them that were compared.</param>
internal sealed record SeenRows(RowLeakage Rows, PredictionProfile Answers);

/// <summary>A reported metric against the recomputed one.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Reported">What the trainer said.</param>
/// <param name="Recomputed">What ML.NET's evaluator says of the validation rows.</param>
/// <param name="IsShare">True for metrics on a scale of 0 to 1, whose difference counts as it is; others differ in proportion.</param>
internal sealed record ReportedComparison(string Name, double Reported, double Recomputed, bool IsShare)
{
    /// <summary>The difference, in proportion to the recomputed value where the metric is no share.</summary>
    public double Difference => Math.Abs(Reported - Recomputed) / (IsShare || Recomputed == 0 ? 1 : Math.Abs(Recomputed));
}
