using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// The median stopping rule of Vizier (Golovin et al., KDD 2017, section 3.2.2): a trial whose best loss by step s is strictly worse than the median of the finished trials' mean losses up to
/// s is ended. Losses of different pipelines are different things, so that trials are compared within a group. Thread-safe.
/// </summary>
internal sealed class MedianRule(PruningOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<LossCurve>> _finished = [];

    /// <summary>Says why a trial is to end.</summary>
    /// <param name="group">The pipeline.</param>
    /// <param name="curve">Its losses; nobody else may change them meanwhile.</param>
    /// <returns>The reason; null where it may go on.</returns>
    public string? Judge(string group, LossCurve curve)
    {
        if (curve.Position < options.WarmUp)
            return null;
        double[] means;
        lock (_gate)
        {
            if (!_finished.TryGetValue(group, out var finished) || finished.Count < options.MinimumTrials)
                return null;
            means = [.. finished.Select(c => c.MeanUntil(curve.Position)).OfType<double>()];
        }

        if (means.Length < options.MinimumTrials)
            return null;
        var median = MedianOf(means);
        return curve.Best > median
            ? $"At step {Words.Number(curve.Position)} its best loss {Words.Number(curve.Best)} is worse than {Words.Number(median)}, the median of the mean losses that "
                + $"{Words.Count(means.Length, "finished trial")} of the same pipeline had by then."
            : null;
    }

    /// <summary>Takes a trial that has completed; failed ones are no measure.</summary>
    public void Finish(string group, LossCurve curve)
    {
        lock (_gate)
        {
            if (_finished.TryGetValue(group, out var finished))
                finished.Add(curve);
            else
                _finished[group] = [curve];
        }
    }

    private static double MedianOf(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
