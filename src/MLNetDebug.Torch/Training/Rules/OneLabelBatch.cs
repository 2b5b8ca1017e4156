using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// Far more batches hold one class than shuffled rows of the same classes would give. The core's rule on the same fault reads the rows before training; here only what training met is known, batch by batch.
/// </summary>
internal sealed class OneLabelBatch(OneLabelBatchOptions? options = null) : Rule<TrainingWindow>
{
    private readonly OneLabelBatchOptions _options = options ?? new();
    private readonly FixedBatchOrderOptions _sorted = new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.OneLabelBatch, nameof(RuleIds.OneLabelBatch), "Far more batches hold one class than shuffled rows would give.",
        RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [7] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var batches = measured.Batches;
        if (!batches.HasClassLabels || batches.OneLabel == 0 || (batches.Labelled < _options.LeastBatches && batches.BatchesPerEpoch == 0))
            return;
        if (batches.ClassCounts.Count < 2)
        {
            // Of sorted rows one class comes first: what one class alone means shows where another has come, or where none is left to come.
            if (batches.ClassCounts.Count == 1 && batches.BatchesPerEpoch > 0)
                sink.NotChecked(BatchCode.Subject, $"whether batches mix the classes: every label that was seen is {Words.Number(batches.ClassCounts.Keys.Single())}");
            return;
        }

        // Pairs are often made to be alike.
        if (BatchCode.Size(batches.LabelledSizes) <= 2)
            return;
        var expected = ExpectedShare(batches);
        var seen = (double)batches.OneLabel / batches.Labelled;
        var excess = expected < 1 ? (seen - expected) / (1 - expected) : 0;
        if (!(excess >= _options.Floor))
            return;
        var p = PValue(batches, expected);
        if (p <= _options.PValue)
            sink.Report(Draft(batches, seen, expected, excess, p));
    }

    /// <summary>The share of one-label batches among shuffled rows of these classes, the batches being as large as they were.</summary>
    private static double ExpectedShare(BatchTrack batches)
    {
        double rows = batches.ClassCounts.Values.Sum(), count = batches.LabelledSizes.Values.Sum();
        return batches.LabelledSizes.Sum(s => s.Value / count * batches.ClassCounts.Values.Sum(c => Math.Pow(c / rows, s.Key)));
    }

    /// <summary>The chance of as many. Later epochs may bring the very batches of the first, so that no more than one epoch's batches count as drawn apart.</summary>
    private static double PValue(BatchTrack batches, double expected)
    {
        var epochs = batches.BatchesPerEpoch > 0 ? Math.Max(1, (double)batches.Labelled / batches.BatchesPerEpoch) : 1;
        var oneLabel = (long)Math.Floor(batches.OneLabel / epochs);
        double rows = batches.ClassCounts.Values.Sum();
        var sizes = batches.LabelledSizes.Select(s => (Chance: batches.ClassCounts.Values.Sum(c => Math.Pow(c / rows, s.Key)), Count: (long)Math.Ceiling(s.Value / epochs)));
        return OneLabelTail.Of([.. sizes], oneLabel, expected);
    }

    private FindingDraft Draft(BatchTrack batches, double seen, double expected, double excess, double p)
    {
        var runs = SortedLabels.Of(batches);
        var sorted = runs.AreSorted(_sorted.SortedZ, _sorted.SortedRows, _sorted.SortedShare);
        return new FindingDraft(
            BatchCode.Subject,
            $"{Words.Number(batches.OneLabel)} of {Words.Number(batches.Labelled)} batches{BatchCode.Of(batches)} hold one class only, the first at step {Words.Number(batches.FirstOneLabelStep)}; " +
            $"shuffled rows of the same {Words.Number((long)batches.ClassCounts.Count)} classes would give {Words.Percent(expected)} (p {Words.PValue(p)}). Each such step pulls the network towards one class, the next ones back.")
        {
            Confidence = sorted ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("share of batches with one class", seen),
                new Evidence("the same where rows are shuffled", expected),
                new Evidence("of the batches that should be mixed, share with one class", excess) { Threshold = _options.Floor },
                new Evidence("p-value", p) { Threshold = _options.PValue },
                .. double.IsNaN(runs.Z) ? Array.Empty<Evidence>() : [new Evidence("runs test on the labels", runs.Z) { Threshold = -_sorted.SortedZ, Unit = "sd" }],
            ],
            Advice = BatchCode.Shuffle(batches),
        };
    }
}
