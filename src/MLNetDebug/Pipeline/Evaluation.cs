using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>
/// ML.NET's metrics of scored rows, with what makes them invalid. A single score that is not finite does: ML.NET's evaluators leave such rows out and call a dead
/// model perfect.
/// </summary>
public sealed record Evaluation
{
    /// <summary>What the model learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The metrics by the names of ML.NET's properties, such as <c>MicroAccuracy</c>; all NaN where they are invalid, and NaN where one is not finite.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>False where the metrics mean nothing.</summary>
    public bool IsValid => Invalid is null;

    /// <summary>Why the metrics are invalid, in one sentence; null where they are valid.</summary>
    public string? Invalid { get; init; }

    /// <summary>Metrics of two classes; a <see cref="CalibratedBinaryClassificationMetrics"/> where the model gives probabilities. Null for other tasks and where invalid.</summary>
    public BinaryClassificationMetrics? Binary { get; init; }

    /// <summary>Metrics of several classes; null for other tasks and where invalid.</summary>
    public MulticlassClassificationMetrics? Multiclass { get; init; }

    /// <summary>Metrics of a regression; null for other tasks and where invalid.</summary>
    public RegressionMetrics? Regression { get; init; }

    /// <summary>Metrics of a ranking; null for other tasks and where invalid.</summary>
    public RankingMetrics? Ranking { get; init; }

    /// <summary>What the rows' predictions are like.</summary>
    public required PredictionProfile Profile { get; init; }

    /// <summary>What was found in them.</summary>
    public required DiagnosticReport Report { get; init; }
}
