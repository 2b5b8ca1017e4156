using Microsoft.ML;

namespace MLNetDebug.Pipeline;

/// <summary>A metric as a trainer reported it.</summary>
/// <param name="Name">Its name as in ML.NET's metrics (<see cref="Evaluation.Values"/>); <c>Accuracy</c> stands for <c>MicroAccuracy</c> too.</param>
/// <param name="Value">Its value.</param>
public sealed record ReportedMetric(string Name, double Value);

/// <summary>How validation and test rows are compared. The features of <see cref="PredictionOptions.Diagnostics"/> are by default those the model's last trainer reads.</summary>
public sealed record CompareOptions : PredictionOptions
{
    /// <summary>The rows the model was fitted on, as they go into it: validation rows that stand among them are found. Default: none.</summary>
    public IDataView? Train { get; init; }

    /// <summary>The validation metric that the trainer reported, to be held against the same one computed anew. Default: none.</summary>
    public ReportedMetric? ReportedValidationMetric { get; init; }
}
