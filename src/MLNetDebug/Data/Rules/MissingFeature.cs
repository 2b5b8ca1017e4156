using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD123.</summary>
public sealed record MissingFeatureOptions : RuleOptions
{
    /// <summary>
    /// Share of rows with a missing number from which a trainer known to drop them is warned of, in (0, 1]. Default 0.001.
    /// Below it the finding is Info.
    /// </summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double KnownTrainerShare { get; init; } = 0.001;

    /// <summary>The same where the trainer is not known, in (0, 1]. Default 0.01.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double UnknownTrainerShare { get; init; } = 0.01;
}

/// <summary>
/// Counts the rows whose features hold a NaN: ML.NET's linear trainers skip such a row, and score NaN for it afterwards. Silent for trees,
/// which take NaN as it is.
/// </summary>
internal sealed class MissingFeature(MissingFeatureOptions? options = null) : Rule<DataProfile>
{
    private readonly MissingFeatureOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.MissingFeature, nameof(RuleIds.MissingFeature), "Features are missing in rows that a trainer drops.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [13] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        var family = measured.Declaration.Trainer?.Family ?? TrainerFamily.Unknown;
        if (family == TrainerFamily.Trees)
            return;
        var sick = (
            from column in measured.FeatureColumns
            where column.Kind == ColumnKind.Number
            from slot in column.Slots
            where slot.Missing > 0
            orderby slot.Missing descending
            select (Column: column, Slot: slot)).ToArray();
        if (sick.Length == 0)
            return;

        var lost = RowsLost(measured, sick);
        var known = family is not (TrainerFamily.Unknown or TrainerFamily.Other);
        var floor = known ? _options.KnownTrainerShare : _options.UnknownTrainerShare;
        var (worst, slotOfWorst) = sick[0];
        string[] columns = [.. sick.Select(s => s.Column.Name).Distinct()];
        var trainer = measured.Declaration.Trainer?.Name is { } name && known ? name : "a linear trainer";
        var all = slotOfWorst.Finite == 0 ? $" {worst.SubjectOf(slotOfWorst)} holds no value at all, so every row is lost." : string.Empty;
        sink.Report(new FindingDraft(
            worst.SubjectOf(slotOfWorst) with { Rows = slotOfWorst.MissingRows },
            $"{lost.Text} of {Words.Count(measured.RowCount, "row")} of the {measured.Name} hold a missing number (NaN): " +
            $"{Words.Names([.. sick.Select(s => $"{s.Column.SubjectOf(s.Slot)} {Words.Percent(s.Slot.MissingShare)}")])}; first {Words.Rows(slotOfWorst.MissingRows)}. " +
            $"{Capital(trainer)} skips such rows in training, and scores NaN for them afterwards.{all}")
        {
            // Nothing is left to train on: most of them throw, and SdcaLogisticRegression never comes back.
            Severity = known && measured.RowCount > 0 && slotOfWorst.Missing == measured.RowCount ? Severity.Error : lost.Share >= floor ? null : Severity.Info,
            Evidence =
            [
                new Evidence("share of rows with a missing feature", lost.Share) { Threshold = floor, Unit = "share" },
                new Evidence("slots with missing values", sick.Length) { Threshold = 0, Unit = "slots" },
            ],
            Advice =
            [
                new Advice(
                    "Replace missing values by the training mean before the trainer, or use a tree, which takes them as they are.",
                    string.Join(" ", columns.Take(Words.MaxNames).Select(c => $".Append(ml.Transforms.ReplaceMissingValues({Words.Literal(c)}, replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))"))),
            ],
            Mend = new ReplaceMissingMend(columns),
        });
    }

    /// <summary>The union over slots is counted on the sample; without it only its bounds are known.</summary>
    private static (double Share, string Text) RowsLost(DataProfile data, (ColumnProfile Column, SlotProfile Slot)[] sick)
    {
        var most = sick[0].Slot.Missing;
        if (sick.Length == 1)
            return ((double)most / data.RowCount, Words.Number(most));
        var isMissing = new bool[data.Sample.Count];
        foreach (var (column, slot) in sick)
        {
            if (data.Sample.Find(column.Name, slot.Index) is not { } sampled)
                return ((double)most / data.RowCount, $"At least {Words.Number(most)}");
            for (var r = 0; r < isMissing.Length; r++)
                isMissing[r] |= double.IsNaN(sampled.Number(r));
        }

        var rows = isMissing.LongCount(m => m);
        var share = data.Sample.Count == 0 ? 0 : (double)rows / data.Sample.Count;
        if (data.Sample.IsComplete)
            return (share, Words.Number(rows));
        share = Math.Max(share, (double)most / data.RowCount);
        return (share, $"About {Words.Number((long)Math.Round(share * data.RowCount))}");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
