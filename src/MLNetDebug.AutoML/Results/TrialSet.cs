namespace MLNetDebug.AutoML;

/// <summary>What a sweep measured of batch sizes: the measurement that rules on sweeps read.</summary>
public sealed record TrialSet
{
    /// <summary>What was measured.</summary>
    public required SweepMetric Metric { get; init; }

    /// <summary>The small batch at its own best rate; null where it was not measured.</summary>
    public BatchSizeArm? Small { get; init; }

    /// <summary>The large batch at its own best rate, after as many epochs; null where it was not measured.</summary>
    public BatchSizeArm? LargeEqualEpochs { get; init; }

    /// <summary>The large batch at its own best rate, after about as many updates; null where it was not measured.</summary>
    public BatchSizeArm? LargeEqualUpdates { get; init; }

    /// <summary>Why something was not measured, or which runs are missing in what was; null where everything was and is whole.</summary>
    public string? NotMeasured { get; init; }

    /// <summary>How much better the small batch is on the test rows after equal epochs, in the metric's direction, paired by seed; null where it cannot be said, as where seeds change neither.</summary>
    public MetricInterval? AtEqualEpochs => Advantage(LargeEqualEpochs);

    /// <summary>How much better the small batch is on the test rows after equal updates, in the metric's direction, paired by seed; null where it cannot be said, as where seeds change neither.</summary>
    public MetricInterval? AtEqualUpdates => Advantage(LargeEqualUpdates);

    private MetricInterval? Advantage(BatchSizeArm? large) => Small is null || large is null ? null
        : Metric.IsHigherBetter ? MetricInterval.OfPairs(Small.TestMetrics, large.TestMetrics) : MetricInterval.OfPairs(large.TestMetrics, Small.TestMetrics);
}

/// <summary>One batch size at its own best rate, over several seeds.</summary>
/// <param name="Parameters">What it was trained with.</param>
/// <param name="Epochs">Epochs of each run.</param>
/// <param name="TestMetrics">The metric on the test rows, one for each seed in the same order in every arm; NaN where a run did not come to its end.</param>
public sealed record BatchSizeArm(TrialParameters Parameters, int Epochs, IReadOnlyList<double> TestMetrics)
{
    /// <summary>Updates of a run; 0 where they are not counted.</summary>
    public long Updates { get; init; }
}
