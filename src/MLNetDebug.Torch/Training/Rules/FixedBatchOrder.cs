using MathNet.Numerics;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>Every epoch brings the same batches in the same order: nobody shuffles. Where the labels stand sorted besides, it harms.</summary>
internal sealed class FixedBatchOrder(FixedBatchOrderOptions? options = null) : Rule<TrainingWindow>
{
    private readonly FixedBatchOrderOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.FixedBatchOrder, nameof(RuleIds.FixedBatchOrder), "Every epoch brings the same batches in the same order.",
        RuleCategory.Data, Severity.Info, ProofKind.Fact)
    { Notes = [6] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var batches = measured.Batches;
        // A full batch has no order.
        if (batches.RepeatedEpochs == 0 || batches.DistinctBatches < 2 || batches.RepeatedEpochs < _options.RepeatedShare * batches.ComparedEpochs)
            return;
        // Batches that were made once and are drawn in another order each time: so many of their orders are the last one's.
        var chance = -batches.RepeatedEpochs * SpecialFunctions.FactorialLn((int)Math.Min(batches.DistinctBatches, int.MaxValue));
        if (chance > Math.Log(_options.Chance))
            return;
        var runs = SortedLabels.Of(batches);
        var sorted = runs.AreSorted(_options.SortedZ, _options.SortedRows, _options.SortedShare);
        var order = sorted
            ? $" The labels stand sorted in it: {Words.Percent(runs.Share)} of the places at which the label changes in shuffled rows do not (runs test z = {Words.Number(runs.Z)} over {Words.Count(runs.Rows, "row")}), so that each step unlearns what the ones before have learned."
            : " Steps repeat in the same order, so that what the last batches say counts most in every epoch.";
        sink.Report(new FindingDraft(
            BatchCode.Subject,
            $"{Words.Number(batches.RepeatedEpochs)} of {Words.Count(batches.ComparedEpochs, "epoch")} that could be compared brought the {Words.Number(batches.BatchesPerEpoch)} batches{BatchCode.Of(batches)} of the epoch before, row by row in the same order.{order}")
        {
            Severity = sorted ? Severity.Warning : null,
            Evidence =
            [
                new Evidence("share of epochs with the batches of the epoch before", (double)batches.RepeatedEpochs / batches.ComparedEpochs) { Threshold = _options.RepeatedShare },
                new Evidence("different batches in an epoch", batches.DistinctBatches) { Unit = "batches" },
                .. double.IsNaN(runs.Z) ? Array.Empty<Evidence>() : [new Evidence("runs test on the labels", runs.Z) { Threshold = -_options.SortedZ, Unit = "sd" }],
                .. double.IsNaN(runs.Share) ? Array.Empty<Evidence>() : [new Evidence("share of label changes missing", runs.Share) { Threshold = _options.SortedShare }],
            ],
            Advice = BatchCode.Shuffle(batches),
        });
    }
}
