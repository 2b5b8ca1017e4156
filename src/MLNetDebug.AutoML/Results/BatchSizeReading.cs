using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Results;

/// <summary>Reads the arms of the batch size from a study's trials.</summary>
internal static class BatchSizeReading
{
    public static TrialSet Of(IReadOnlyList<TrialRecord> trials, SweepOptions options)
    {
        var set = new TrialSet { Metric = options.Metric };
        if (!BatchSizeArms.AreMeant(options))
            return set with { NotMeasured = options.CompareBatchSizes ? "The effect of the batch size was not measured: the space has no small (16 to 32) or no large (128 to 512) batch." : "The effect of the batch size was not measured: it was not asked for." };
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

    private static BatchSizeArm ArmOf(IEnumerable<(TrialPlan Plan, TrialRecord? Run)> runs)
    {
        var all = runs.ToArray();
        var whole = all.Select(r => r.Run).Where(r => r?.State == TrialState.Completed).ToArray();
        return new BatchSizeArm(all[0].Plan.Parameters, all[0].Plan.Epochs, [.. all.Select(r => r.Run is { State: TrialState.Completed } run ? run.TestMetric : double.NaN)])
        {
            Updates = whole.Length == 0 ? 0 : (long)whole.Average(r => r!.Steps),
        };
    }

    private static string? WhyNot(TrialSet set, IEnumerable<(TrialPlan Plan, TrialRecord? Run)> runs)
    {
        if (set is { AtEqualEpochs: not null, AtEqualUpdates: not null })
            return null;
        var ended = runs.Select(r => r.Run).OfType<TrialRecord>().Where(r => r.State is TrialState.Completed or TrialState.Failed or TrialState.Pruned).ToArray();
        var broken = ended.FirstOrDefault(r => r.State != TrialState.Completed);
        return ended.Any(r => r.State == TrialState.Completed) && ended.All(r => r.State != TrialState.Completed || double.IsNaN(r.TestMetric))
            ? "Which batch size generalises better was not measured: no test rows were given."
            : "Which batch size generalises better cannot be said at all of equal epochs and equal updates: fewer than two seeds of both arms came to their end" + (broken is null ? "." : $" ({broken.Plan.Arm}: {broken.Reason})");
    }
}
