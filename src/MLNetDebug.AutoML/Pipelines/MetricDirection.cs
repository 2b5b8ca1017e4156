namespace MLNetDebug.AutoML.Pipelines;

/// <summary>Which way ML.NET's metrics are better, by the names of their properties.</summary>
internal static class MetricDirection
{
    /// <exception cref="ArgumentException">The metric is one of ML.NET's, and better the other way.</exception>
    public static void ThrowIfWrong(SweepMetric metric)
    {
        var isLower = metric.Name is "LogLoss" or "Entropy" || metric.Name.EndsWith("Error", StringComparison.Ordinal);
        if (metric.IsHigherBetter == isLower)
            throw new ArgumentException($"'{metric.Name}' is better where it is {(isLower ? "lower" : "higher")}: pass new SweepMetric(\"{metric.Name}\", {(isLower ? "false" : "true")}).", nameof(metric));
    }
}
