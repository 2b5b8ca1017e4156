using MLNetDebug.AutoML.Search;
using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Results;

/// <summary>Reads the arms of the batch size from a study's trials.</summary>
internal static class BatchSizeReading
{
    public static TrialSet Of(IReadOnlyList<TrialRecord> trials, SweepOptions options)
    {
        var set = new TrialSet { Metric = options.Metric };
        if (!BatchSizeArms.AreMeant(options))
            return set with { NotMeasured = options.CompareBatchSizes ? FormattableString.Invariant($"The effect of the batch size was not measured: the space has no small ({BatchSizeArms.SmallFrom} to {BatchSizeArms.SmallTo}) or no large ({BatchSizeArms.LargeFrom} to {BatchSizeArms.LargeTo}) batch.") : "The effect of the batch size was not measured: it was not asked for, or there are no test rows." };
        var arms = BatchSizeArms.Of(trials, options);
        if (arms.Plans.Count == 0)
            return set with { NotMeasured = $"The effect of the batch size was not measured: no {(arms.Small is null ? "small" : "large")} batch learnt anything." };
        var runs = arms.Plans.Select(p => (Plan: p, Run: BatchSizeArms.RunOf(trials, p))).ToLookup(r => r.Plan.Arm);
        set = set with
        {
            Small = ArmOf(runs[BatchSizeArms.SmallArm]),
            LargeEqualEpochs = ArmOf(runs[BatchSizeArms.LargeEqualEpochs]),
            LargeEqualUpdates = ArmOf(runs[BatchSizeArms.LargeEqualUpdates]),
        };
        return set with { NotMeasured = WhyNot(set, runs.SelectMany(r => r)) };
    }

    private static BatchSizeArm? ArmOf(IEnumerable<(TrialPlan Plan, TrialRecord? Run)> runs)
    {
        var all = runs.ToArray();
        if (all.Length == 0)
            return null;
        var whole = all.Select(r => r.Run).Where(r => r?.State == TrialState.Completed).ToArray();
        return new BatchSizeArm(all[0].Plan.Parameters, all[0].Plan.Epochs, [.. all.Select(r => r.Run is { State: TrialState.Completed } run ? run.TestMetric : double.NaN)])
        {
            Updates = whole.Length == 0 ? 0 : (long)whole.Average(r => r!.Steps),
        };
    }

    private static string? WhyNot(TrialSet set, IEnumerable<(TrialPlan Plan, TrialRecord? Run)> runs)
    {
        var ended = runs.Where(r => r.Run is { State: TrialState.Completed or TrialState.Failed or TrialState.Pruned }).Select(r => (r.Plan, Run: r.Run!)).ToArray();
        var dead = ended.Where(r => r.Run.State != TrialState.Completed).ToArray();
        var broken = dead.Length == 0 ? "" : $" ({dead[0].Plan.Arm}: {dead[0].Run.Reason})";
        if (set is { AtEqualEpochs: not null, AtEqualUpdates: not null })
        {
            return dead.Length == 0 ? null
                : $"{Words.Number((long)dead.Length)} of {Words.Count(ended.Length, "run")} of the arms did not come to their end{broken} and are left out with their pairs: those that are left may be the lucky ones.";
        }

        if (ended.Length > dead.Length && ended.All(r => r.Run.State != TrialState.Completed || double.IsNaN(r.Run.TestMetric)))
            return "Which batch size generalises better was not measured: no test rows were given.";
        if (AreAlike(set.Small) && (AreAlike(set.LargeEqualEpochs) || AreAlike(set.LargeEqualUpdates)))
            return $"Which batch size generalises better cannot be said of arms that are each equal to the last bit with every seed: {SweepWords.NoNoise}.";
        return $"Which batch size generalises better cannot be said at all of equal epochs and equal updates: fewer than two seeds of both arms came to their end{broken}.";
    }

    private static bool AreAlike(BatchSizeArm? arm) => arm is not null && MetricInterval.AreAlike([.. arm.TestMetrics.Where(double.IsFinite)]);
}
