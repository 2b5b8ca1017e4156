namespace MLNetDebug.Data;

/// <summary>
/// Names features whose values differ between the training and the hold-out data: by distribution, range, missing values or
/// categories. Each needs an adjusted p-value and an effect above a floor, so that many rows alone never alarm.
/// </summary>
internal sealed class SplitShift(SplitShiftOptions? options = null) : Rule<SplitComparison>
{
    private readonly SplitShiftOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SplitShift, nameof(RuleIds.SplitShift), "A column is distributed differently in two splits.",
        RuleCategory.Data, Severity.Warning, ProofKind.Statistical)
    { Notes = [19] };

    public override RuleOptions Options => _options;

    protected override void Judge(SplitComparison measured, FindingSink sink)
    {
        foreach (var unanswered in measured.NotCompared)
            sink.NotChecked(unanswered.Subject, unanswered.Reason);
        ColumnTests[] tests = [.. measured.Columns.Select(c => new ColumnTests(c, _options, sink))];
        sink.AfterTests(() => Conclude(measured, tests, sink));
    }

    private void Conclude(SplitComparison data, ColumnTests[] tests, FindingSink sink)
    {
        ColumnTests[] found = [.. tests.Where(t => t.Severity > Severity.None).OrderByDescending(t => t.Severity).ThenByDescending(t => t.Weight)];
        for (var i = 0; i < Math.Min(found.Length, _options.MaxFindings); i++)
            sink.Report(SplitShiftDraft.Of(data, found[i], _options, withMend: i == 0));
        if (found.Length > _options.MaxFindings)
            sink.Report(SplitShiftDraft.Others(data, found[_options.MaxFindings..], tests.Length));

        ColumnTests[] small = [.. tests.Where(t => t.IsSignificantButSmall).OrderByDescending(t => t.Effect)];
        if (small.Length > 0)
            sink.Report(SplitShiftDraft.Small(data, small, _options));
        SayWhatCouldNotBeSeen(data, tests, sink);
    }

    private void SayWhatCouldNotBeSeen(SplitComparison data, ColumnTests[] tests, FindingSink sink)
    {
        ColumnTests[] blind = [.. tests.Where(t => t.Severity == Severity.None && t.Resolution > _options.WarningFloor)];
        if (blind.Length == 0)
            return;
        var worst = blind.Max(t => t.Resolution);
        var rows = Math.Min(data.TrainRows, data.TestRows);
        sink.NotChecked(
            new Subject(SubjectKind.Split, $"{data.TrainName} / {data.TestName}"),
            $"a shift of {Words.Count(blind.Length, "column")} below a distance of {Words.Number(Math.Min(1, worst))}: these rows cannot show it " +
            $"(floor {Words.Number(_options.WarningFloor)}); the smaller split would need more rows",
            ShiftTests.RowsNeeded(worst, _options.WarningFloor, rows));
    }
}
