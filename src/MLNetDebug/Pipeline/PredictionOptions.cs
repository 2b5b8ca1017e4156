namespace MLNetDebug.Pipeline;

/// <summary>Which columns of scored rows are what, and how they are checked. Everything has a default by ML.NET's conventions; the report says what was assumed.</summary>
public abstract record PredictionOptions
{
    /// <summary>The score column. Default: <c>Score</c>.</summary>
    public string? Score { get; init; }

    /// <summary>The column of a binary model's probability. Default: <c>Probability</c> where there is one.</summary>
    public string? Probability { get; init; }

    /// <summary>The column of predicted classes. Default: <c>PredictedLabel</c> where it holds classes; else the class with the highest score is taken.</summary>
    public string? PredictedLabel { get; init; }

    /// <summary>
    /// True where the scores of several classes are meant as probabilities: that they are none is then an error (<see cref="RuleIds.InvalidProbabilities"/>).
    /// Default false: ML.NET's own trainers write margins and probabilities into the same column and do not say which.
    /// </summary>
    public bool ScoreIsProbability { get; init; }

    /// <summary>
    /// Label, features, group and task, silenced rules, severities, sinks, budgets. Findings throw only where <see cref="DiagnosticsOptions.FailOn"/> is set; hold-out
    /// data, trainer and order are not used. Default: ML.NET's conventions.
    /// </summary>
    public DiagnosticsOptions Diagnostics { get; init; } = new();
}
