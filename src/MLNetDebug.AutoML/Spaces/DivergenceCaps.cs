using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Spaces;

/// <summary>
/// What trials that diverged say of rates that were not tried: where a rate is too large, a larger one is, and for a larger batch one that is larger by the ratio of the batches (the linear scaling rule: Goyal
/// et al., Accurate, Large Minibatch SGD, 2017, takes it for the most that a batch allows). A trial that learnt at a larger rate says otherwise, and is believed; one that came to no more than a
/// constant answer did not learn.
/// </summary>
internal static class DivergenceCaps
{
    private static readonly string[] Signs = [RuleIds.LearningRateTooLarge, RuleIds.NonFinite, RuleIds.FitDiverged, RuleIds.DeadModel];

    /// <summary>The lowest rate that is known to diverge, by batch size; sizes of which nothing is known are left out.</summary>
    /// <param name="trials">The search's trials.</param>
    /// <param name="sizes">The batch sizes; 0 alone where there are none.</param>
    public static IReadOnlyDictionary<int, double> Of(IEnumerable<TrialRecord> trials, IReadOnlyList<int> sizes)
    {
        var all = trials.Where(t => double.IsFinite(t.Plan.Parameters.LearningRate)).ToLookup(HasDiverged);
        var caps = new Dictionary<int, double>();
        foreach (var size in sizes)
        {
            var learnt = all[false].Where(t => t.Plan.Parameters.BatchSize <= size && Learnt(t)).Select(t => t.Plan.Parameters.LearningRate).DefaultIfEmpty(0).Max();
            double[] above = [.. all[true].Select(t => Carried(t.Plan.Parameters, size)).Where(r => r > learnt)];
            if (above.Length > 0)
                caps[size] = above.Min();
        }

        return caps;
    }

    /// <summary>True for a trial that was ended, or failed, with a sign of divergence.</summary>
    public static bool HasDiverged(TrialRecord trial) =>
        trial.State is TrialState.Failed or TrialState.Pruned
        && (trial.Findings.Any(f => Signs.Contains(f.RuleId)) || trial.Points.Any(p => !double.IsFinite(p.Metric)));

    private static bool Learnt(TrialRecord trial) => trial.State is (TrialState.Completed or TrialState.Pruned) && !Observations.IsDoomed(trial);

    private static double Carried(TrialParameters diverged, int size) =>
        size > diverged.BatchSize && diverged.BatchSize > 0 ? diverged.LearningRate * size / diverged.BatchSize : diverged.LearningRate;
}
