using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>Runs ML.NET's evaluator of a task and reads what it gives.</summary>
internal static class MetricsRun
{
    private const string Gain = "NormalizedDiscountedCumulativeGain@";

    /// <summary>The metrics object of a task.</summary>
    public static object Evaluate(MLContext ml, IDataView scored, ResolvedPredictions resolved)
    {
        var (view, label, predicted) = EvaluatorView.Of(scored, resolved);
        var columns = resolved.Columns;
        return resolved.Task switch
        {
            LearningTask.BinaryClassification when columns.Probability is { } probability => ml.BinaryClassification.Evaluate(view, label, columns.Score, probability, predicted),
            LearningTask.BinaryClassification => ml.BinaryClassification.EvaluateNonCalibrated(view, label, columns.Score, predicted),
            LearningTask.MulticlassClassification => ml.MulticlassClassification.Evaluate(view, label, columns.Score, predicted),
            LearningTask.Regression => ml.Regression.Evaluate(view, label, columns.Score),
            _ => ml.Ranking.Evaluate(view, label, resolved.Group ?? throw new InvalidOperationException("A ranking is evaluated by groups: pass Group = \"...\" with the key column of the query."), columns.Score),
        };
    }

    /// <summary>The numbers of a metrics object by their names.</summary>
    public static IReadOnlyDictionary<string, double> ValuesOf(object metrics)
    {
        var values = new Dictionary<string, double>();
        foreach (var (name, value) in Numbers(metrics))
            values[name] = double.IsFinite(value) ? value : double.NaN;
        return values;
    }

    /// <summary>The names a task's metrics would have, each NaN.</summary>
    public static IReadOnlyDictionary<string, double> Invalid(ResolvedPredictions resolved)
    {
        string[] names = resolved.Task switch
        {
            LearningTask.BinaryClassification => [.. OfTwo, .. resolved.Columns.Probability is null ? [] : OfProbabilities],
            LearningTask.MulticlassClassification => OfSeveral,
            LearningTask.Regression => OfTargets,
            _ => [Gain + "1", Gain + "2", Gain + "3"],
        };
        return names.ToDictionary(n => n, _ => double.NaN);
    }

    /// <summary>The names of the metrics of all tasks; a ranking's go on with further places.</summary>
    public static IEnumerable<string> Names => OfTwo.Concat(OfProbabilities).Concat(OfSeveral).Concat(OfTargets).Distinct().Append(Gain + "1");

    /// <summary>True for the name of a metric of some task.</summary>
    public static bool IsKnown(string name) =>
        Names.Contains(name) || (name.StartsWith(Gain, StringComparison.Ordinal) && name.Length > Gain.Length && name.AsSpan(Gain.Length).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>True for metrics whose best value is 1 whatever the data's unit.</summary>
    public static bool IsShare(string name) =>
        name is nameof(RegressionMetrics.RSquared) or nameof(MulticlassClassificationMetrics.LogLossReduction)
        || new[] { "Accuracy", "AreaUnder", "F1", "Precision", "Recall", Gain }.Any(n => name.Contains(n, StringComparison.Ordinal));

    /// <summary>Names of the metrics that are not finite.</summary>
    public static IReadOnlyList<string> Undefined(object metrics) => [.. Numbers(metrics).Where(m => !double.IsFinite(m.Value)).Select(m => m.Name)];

    private static readonly string[] OfTwo =
    [
        nameof(BinaryClassificationMetrics.AreaUnderRocCurve), nameof(BinaryClassificationMetrics.Accuracy), nameof(BinaryClassificationMetrics.F1Score),
        nameof(BinaryClassificationMetrics.AreaUnderPrecisionRecallCurve), nameof(BinaryClassificationMetrics.PositivePrecision), nameof(BinaryClassificationMetrics.PositiveRecall),
        nameof(BinaryClassificationMetrics.NegativePrecision), nameof(BinaryClassificationMetrics.NegativeRecall),
    ];

    private static readonly string[] OfProbabilities =
        [nameof(CalibratedBinaryClassificationMetrics.LogLoss), nameof(CalibratedBinaryClassificationMetrics.LogLossReduction), nameof(CalibratedBinaryClassificationMetrics.Entropy)];

    private static readonly string[] OfSeveral =
    [
        nameof(MulticlassClassificationMetrics.MicroAccuracy), nameof(MulticlassClassificationMetrics.MacroAccuracy),
        nameof(MulticlassClassificationMetrics.LogLoss), nameof(MulticlassClassificationMetrics.LogLossReduction),
    ];

    private static readonly string[] OfTargets =
    [
        nameof(RegressionMetrics.RSquared), nameof(RegressionMetrics.RootMeanSquaredError), nameof(RegressionMetrics.MeanSquaredError), nameof(RegressionMetrics.MeanAbsoluteError),
    ];

    private static IEnumerable<(string Name, double Value)> Numbers(object metrics) => metrics switch
    {
        CalibratedBinaryClassificationMetrics => Named(metrics, [.. OfTwo, .. OfProbabilities]),
        BinaryClassificationMetrics => Named(metrics, OfTwo),
        MulticlassClassificationMetrics => Named(metrics, OfSeveral),
        RegressionMetrics => Named(metrics, OfTargets),
        RankingMetrics ranking => ranking.NormalizedDiscountedCumulativeGains.Select((g, i) => ($"{Gain}{i + 1}", g)),
        _ => throw new InvalidOperationException($"{metrics.GetType().Name} is no metrics object of ML.NET."),
    };

    private static IEnumerable<(string, double)> Named(object metrics, string[] names) =>
        names.Select(n => (n, (double)metrics.GetType().GetProperty(n)!.GetValue(metrics)!));
}
