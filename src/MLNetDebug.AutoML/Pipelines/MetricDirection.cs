using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML.Pipelines;

/// <summary>Which metrics ML.NET has and which way they are better, by the names of their properties.</summary>
internal static class MetricDirection
{
    /// <exception cref="ArgumentException">The metric is none of ML.NET's, or better the other way.</exception>
    public static void ThrowIfWrong(SweepMetric metric)
    {
        if (!MetricsRun.IsKnown(metric.Name))
            throw new ArgumentException($"ML.NET has no metric '{metric.Name}': pass new SweepMetric(...) with the name of one of its properties: {string.Join(", ", MetricsRun.Names)}.", nameof(metric));
        var isLower = metric.Name is "LogLoss" or "Entropy" || metric.Name.EndsWith("Error", StringComparison.Ordinal);
        if (metric.IsHigherBetter == isLower)
            throw new ArgumentException($"'{metric.Name}' is better where it is {(isLower ? "lower" : "higher")}: pass new SweepMetric(\"{metric.Name}\", {(isLower ? "false" : "true")}).", nameof(metric));
    }
}
