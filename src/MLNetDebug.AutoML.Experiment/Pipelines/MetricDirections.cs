using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Which way a metric is better, by its name.</summary>
internal static class MetricDirections
{
    private static readonly Dictionary<string, bool> Maximized = new()
    {
        [nameof(BinaryClassificationMetric.Accuracy)] = true,
        [nameof(BinaryClassificationMetric.AreaUnderRocCurve)] = true,
        [nameof(BinaryClassificationMetric.AreaUnderPrecisionRecallCurve)] = true,
        [nameof(BinaryClassificationMetric.F1Score)] = true,
        [nameof(BinaryClassificationMetric.PositivePrecision)] = true,
        [nameof(BinaryClassificationMetric.PositiveRecall)] = true,
        [nameof(BinaryClassificationMetric.NegativePrecision)] = true,
        [nameof(BinaryClassificationMetric.NegativeRecall)] = true,
        [nameof(MulticlassClassificationMetric.MicroAccuracy)] = true,
        [nameof(MulticlassClassificationMetric.MacroAccuracy)] = true,
        [nameof(MulticlassClassificationMetric.LogLoss)] = false,
        // 1 is a perfect model, 0 is class priors; AutoML 0.23 minimises it and crowns the worst.
        [nameof(MulticlassClassificationMetric.LogLossReduction)] = true,
        [nameof(MulticlassClassificationMetric.TopKAccuracy)] = true,
        [nameof(RegressionMetric.MeanAbsoluteError)] = false,
        [nameof(RegressionMetric.MeanSquaredError)] = false,
        [nameof(RegressionMetric.RootMeanSquaredError)] = false,
        [nameof(RegressionMetric.RSquared)] = true,
    };

    /// <summary>True where more is better; what the metric says of itself where its name is none of AutoML's.</summary>
    public static bool IsMaximized(IMetricManager metric) => Maximized.TryGetValue(metric.MetricName ?? string.Empty, out var known) ? known : metric.IsMaximize;
}
