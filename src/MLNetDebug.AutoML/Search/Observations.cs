using MathNet.Numerics.Statistics;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Search;

/// <summary>
/// What the search's trials have shown, as a Gaussian process takes it: each trial's metric at each rung it reached and at its end, at its place in the unit cube and at its epoch (one dimension more, as
/// Kandasamy et al., Multi-fidelity Bayesian Optimisation with Continuous Approximations, ICML 2017). A trial that was doomed stands at the bottom, whole.
/// </summary>
internal sealed class Observations
{
    private const double Floor = 0.01;

    private Observations(double[][] places, double[] values, double[][] running, bool isAnyFinite) => (Places, Values, Running, IsAnyFinite) = (places, values, running, isAnyFinite);

    /// <summary>True where a trial has shown a metric.</summary>
    public bool IsAnyFinite { get; }

    /// <summary>The places, each with the epoch behind it.</summary>
    public double[][] Places { get; }

    /// <summary>Scores of the metrics, of mean 0 and deviation 1; higher is better.</summary>
    public double[] Values { get; }

    /// <summary>Where trials of other workers are under way.</summary>
    public double[][] Running { get; }

    /// <summary>The place of the last epoch.</summary>
    public const double Whole = 1;

    public static Observations Of(IEnumerable<TrialRecord> trials, SpaceMap map, Rungs rungs, SweepMetric metric)
    {
        var all = trials.ToArray();
        // What others stood better than is taken to have ended as the worst that was run whole: else a model hopes for ever that it would have caught up.
        var worst = all.Where(t => t.State == TrialState.Completed).Aggregate(double.NaN, (w, t) => double.IsNaN(w) || metric.IsBetter(w, t.Metric) ? t.Metric : w);
        List<(double[] Place, double Metric)> seen = [];
        List<double[]> running = [];
        foreach (var trial in all)
        {
            var place = map.PlaceOf(trial.Plan.Parameters);
            if (trial.State == TrialState.Running)
                running.Add([.. place, Whole]);
            else if (IsDoomed(trial))
                seen.Add(([.. place, Whole], double.NaN));
            else
                seen.AddRange(PointsOf(trial, rungs, metric).Select(p => ((double[])[.. place, p.Depth], p.Metric)));
            if (trial.State == TrialState.Pruned && !IsDoomed(trial) && double.IsFinite(worst))
                seen.Add(([.. place, Whole], metric.IsBetter(trial.Metric, worst) ? trial.Metric : worst));
        }

        return new([.. seen.Select(s => s.Place)], Scores([.. seen.Select(s => s.Metric)], metric), [.. running], seen.Any(s => double.IsFinite(s.Metric)));
    }

    /// <summary>At most so many: the best half, and of the others some at random. A process costs the cube of what it is given.</summary>
    public Observations Thinned(int most, Random random)
    {
        if (Places.Length <= most)
            return this;
        int[] order = [.. Enumerable.Range(0, Places.Length).OrderByDescending(i => Values[i])];
        random.Shuffle(order.AsSpan(most / 2));
        int[] kept = [.. order.Take(most).Order()];
        return new([.. kept.Select(i => Places[i])], [.. kept.Select(i => Values[i])], Running, IsAnyFinite);
    }

    /// <summary>True where no epoch more would have helped: it failed with no metric to show, or its guard ended it.</summary>
    public static bool IsDoomed(TrialRecord trial) =>
        (trial.State == TrialState.Failed && !double.IsFinite(trial.Metric)) || (trial.State == TrialState.Pruned && trial.Findings.Count > 0);

    private static IEnumerable<(double Depth, double Metric)> PointsOf(TrialRecord trial, Rungs rungs, SweepMetric metric)
    {
        var last = trial.State is TrialState.Completed or TrialState.Failed ? rungs.Epochs : trial.Points.Count == 0 ? 0 : trial.Points.Max(p => p.Epoch);
        foreach (var rung in rungs.Below(last))
        {
            if (rungs.BestUpTo(trial, rung, metric) is var best && double.IsFinite(best))
                yield return (rungs.Depth(rung), best);
        }

        if (last > 0 && double.IsFinite(trial.Metric))
            yield return (rungs.Depth(last), trial.Metric);
    }

    /// <summary>
    /// The logarithm of the distance to the best, in units of that of the worst: what sets good trials apart counts as much as what sets bad ones apart, and a hundredth of that unit is noise, lest the search
    /// follow improvements of no worth.
    /// </summary>
    private static double[] Scores(double[] metrics, SweepMetric metric)
    {
        double[] heights = [.. metrics.Select(m => metric.IsHigherBetter ? m : -m)];
        double[] finite = [.. heights.Where(double.IsFinite).Order()];
        if (finite.Length == 0)
            return new double[metrics.Length];
        var best = finite[^1];
        var unit = best - finite[0] is > 0 and var range ? range : 1;
        double[] scores = [.. heights.Select(h => -Math.Log(((best - (double.IsFinite(h) ? h : finite[0])) / unit) + Floor))];
        var (mean, deviation) = scores.MeanStandardDeviation();
        return [.. scores.Select(s => deviation > 0 ? (s - mean) / deviation : 0)];
    }
}
