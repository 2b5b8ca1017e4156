namespace MLNetDebug.Predictions;

/// <summary>The columns a prediction profile was read from.</summary>
/// <param name="Score">The score column: a number, or one number per class.</param>
public sealed record PredictionColumns(string Score)
{
    /// <summary>The column of true answers; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The column of a binary model's probability; null where there is none. Several classes have theirs in <see cref="Score"/>.</summary>
    public string? Probability { get; init; }

    /// <summary>The column of predicted classes; null where there is none: the class with the highest score is then taken.</summary>
    public string? PredictedLabel { get; init; }

    /// <summary>The feature columns, read only where a score is not finite, to tell whose fault it is; empty where they are not known.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>
    /// True where the caller says that the scores of several classes are probabilities. Default false: they are where the column's annotation
    /// <c>ScoreValueKind</c> says so, which ML.NET's own trainers never write, whatever their scores are.
    /// </summary>
    public bool ScoreIsProbability { get; init; }
}
