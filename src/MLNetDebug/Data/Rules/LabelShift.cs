using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD112.</summary>
public sealed record LabelShiftOptions : RuleOptions
{
    /// <summary>Total variation of the classes, or Kolmogorov-Smirnov distance of a continuous label, from which a shift is named, in (0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double InfoFloor { get; init; } = 0.05;

    /// <summary>The same from which it is warned of, in (0, 1]. Default 0.10.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double WarningFloor { get; init; } = 0.10;

    /// <summary>Share of hold-out rows of a class the training data lacks that is warned of, in (0, 1]. Default 0.001.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double NewClassFloor { get; init; } = 0.001;

    /// <summary>Share of hold-out targets that the training data lacks, beyond its range or one value repeated within it, that is warned of, in (0, 1]. Default 0.005.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double UnseenFloor { get; init; } = 0.005;
}

/// <summary>Says where the classes, or the values of a target, differ between the training and the hold-out data.</summary>
internal sealed class LabelShift(LabelShiftOptions? options = null) : Rule<SplitComparison>
{
    private readonly LabelShiftOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LabelShift, nameof(RuleIds.LabelShift), "The label is distributed differently in two splits.",
        RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [19] };

    public override RuleOptions Options => _options;

    protected override void Judge(SplitComparison measured, FindingSink sink)
    {
        if (measured.Label is not { } label)
        {
            if (measured.LabelNotCompared is { } reason)
                sink.NotChecked(new Subject(SubjectKind.Label, measured.Declaration.Label ?? string.Empty), $"a shift of the label: {reason}");
            return;
        }

        var subject = new Subject(SubjectKind.Label, label.Name);
        if (label.Classes is { } classes)
        {
            var shift = ShiftTests.Variation(sink, subject, classes, _options.InfoFloor);
            var unseen = ShiftTests.NewCategory(sink, subject, classes, _options.NewClassFloor);
            sink.AfterTests(() =>
            {
                Conclude(measured, subject, shift, sink, $"class {ClassWord(classes.Changes[0].Text)} goes from {ShiftWords.Change(classes.Changes[0].Rows)} of the rows; total variation", SplitKind.Stratified);
                if (classes.New is { } fresh)
                    sink.Report(NewClass(measured, subject, fresh, unseen));
            });
        }
        else if (label.Values is { } values)
        {
            var shift = ShiftTests.Distance(sink, subject, values, _options.InfoFloor);
            var beyond = ShiftTests.Unseen(sink, subject, values, _options.UnseenFloor);
            sink.AfterTests(() =>
            {
                Conclude(measured, subject, shift, sink, $"{ShiftWords.Moments(values)}; KS", SplitKind.Random);
                if (beyond.IsFound)
                    sink.Report(Unseen(measured, subject, values, beyond));
            });
        }
    }

    private void Conclude(SplitComparison data, Subject subject, Hypothesis shift, FindingSink sink, string how, SplitKind kind)
    {
        if (shift.Resolution > _options.WarningFloor && !shift.IsFound)
        {
            sink.NotChecked(
                subject, $"a shift of the label below {Words.Number(Math.Min(1, shift.Resolution))}: these rows cannot show it (floor {Words.Number(_options.WarningFloor)}); the smaller split would need more rows",
                ShiftTests.RowsNeeded(shift.Resolution, _options.WarningFloor, Math.Min(data.TrainRows, data.TestRows)));
        }

        if (!shift.IsSignificant)
            return;
        var large = shift.IsSure() && shift.Effect >= _options.WarningFloor;
        var small = shift.Effect < _options.InfoFloor ? ", significant and too little to matter" : string.Empty;
        sink.Report(new FindingDraft(
            subject, $"Label '{subject.Name}' differs between the {data.TrainName} and the {data.TestName}{small}: {how} {Words.Number(shift.Effect)} (floor {Words.Number(_options.WarningFloor)}).")
        {
            Severity = large ? Severity.Warning : Severity.Info,
            Evidence = [new Evidence(kind == SplitKind.Stratified ? "total variation" : "Kolmogorov-Smirnov distance", shift.Effect) { Threshold = _options.WarningFloor }],
            Advice = [kind == SplitKind.Stratified && !data.IsNewData ? Stratify(subject) : SplitShiftDraft.Resplit(data)],
            Mend = large && !data.IsNewData && data.Declaration.Time is null
                ? new SplitMend(kind, kind == SplitKind.Stratified ? subject.Name : null, (double)data.TestRows / (data.TrainRows + data.TestRows)) { Features = data.Declaration.Features }
                : null,
        });
    }

    private FindingDraft NewClass(SplitComparison data, Subject subject, NewCategory fresh, Hypothesis test) =>
        new(subject, $"Class {ClassWord(fresh.Text)} of '{subject.Name}' stands in {Words.Count(fresh.Count, "row")} of the {data.TestName} and in none of the {data.TrainName}: {(data.IsTrained ? "no model can predict it" : "nothing that was chosen by those rows knows it")}" +
            $"{(fresh.Others > 0 ? $"; {Words.Number(fresh.Others)} other classes are new too" : string.Empty)}.")
        {
            Severity = test.IsSure() ? Severity.Warning : Severity.Info,
            Evidence = [new Evidence("share of a class never trained on", fresh.Share) { Threshold = _options.NewClassFloor }],
            Advice = [data.IsNewData ? SplitShiftDraft.Follow : Stratify(subject)],
        };

    private FindingDraft Unseen(SplitComparison data, Subject subject, NumericShift values, Hypothesis test) =>
        new(subject, $"Label '{subject.Name}': {ShiftWords.Unseen(values, data)}{(ShiftTests.IsWithin(values) || !data.IsTrained ? string.Empty : "; trees cannot predict beyond what they were trained on")}.")
        {
            Severity = test.IsSure() ? Severity.Warning : Severity.Info,
            Evidence = [new Evidence("share of targets never trained on", test.Effect) { Threshold = _options.UnseenFloor }],
            Advice = [SplitShiftDraft.Resplit(data)],
        };

    private static Advice Stratify(Subject label) => new(
        "Put all rows together and split each class in the same share, or weight the rows where the hold-out data is how the world is.",
        $"var split = ((SplitMend)report.Mends.First(m => m is SplitMend)).Split(ml, allRows); // by {Words.Identifier(label.Name)}");

    private static string ClassWord(string? text) => text is null ? "'?'" : $"'{text}'";
}
