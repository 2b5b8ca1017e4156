using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD114.</summary>
public sealed record SplitLeakageOptions : RuleOptions
{
    /// <summary>Share of the hold-out rows, beyond what natural duplicates predict, from which copies are warned of, in (0, 1]. Default 0.001.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ExcessFloor { get; init; } = 0.001;
}

/// <summary>
/// Counts hold-out rows that stand in the training data too. The count is exact; whether it is more than the data's own duplicates
/// predict is a test. Rows with the source's own row id besides are the same rows: a fact.
/// </summary>
internal sealed class SplitLeakage(SplitLeakageOptions? options = null) : Rule<SplitComparison>
{
    private readonly SplitLeakageOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SplitLeakage, nameof(RuleIds.SplitLeakage), "Rows of the training split stand in the hold-out split too.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [19] };

    public override RuleOptions Options => _options;

    protected override void Judge(SplitComparison measured, FindingSink sink)
    {
        if (measured.Time is { Within: > 0 } time)
            sink.Report(InTime(measured, time));
        else if (measured.Time is null && measured.Declaration.Time is { } declared)
            sink.NotChecked(Subject.Column(declared), "whether hold-out rows are later than training rows: the time column was not read as a time or a number on both sides");
        if (measured.Leakage is not { } leak)
        {
            sink.NotChecked(Pair(measured), "the rows were not compared: one of the splits has no fingerprints");
            return;
        }

        var excess = leak.TestRows == 0 ? 0 : (leak.Copies - leak.ExpectedCopies) / leak.TestRows;
        var copies = sink.Test(Pair(measured), leak.PValue, excess, _options.ExcessFloor);
        var sameRows = sink.Test(Pair(measured), leak.SameSourcePValue, leak.SameSourceRows, 1);
        sink.AfterTests(() =>
        {
            if (leak.Copies > 0)
                sink.Report(Copies(measured, leak, copies.IsSure(), sameRows.IsSure()));
        });
    }

    private FindingDraft Copies(SplitComparison data, RowLeakage leak, bool beyondDuplicates, bool sameRows)
    {
        var about = leak.IsExact ? string.Empty : $" (of the {Words.Number(leak.TestRows)} compared; {Words.Number(data.TestRows)} in all)";
        var labels = data.Label is null ? string.Empty
            : leak.AgreeingCopies == leak.Copies ? ", label included"
            : $", {Words.Number(leak.AgreeingCopies)} with the same label and {Words.Number(leak.Copies - leak.AgreeingCopies)} with another";
        var natural = beyondDuplicates || sameRows
            ? $"duplicates within the {data.TrainName} predict {Words.Number(Math.Round(leak.ExpectedCopies, 1))}"
            : $"no more than the data's own duplicates can explain (they predict {Words.Number(Math.Round(leak.ExpectedCopies, 1))})";
        var source = sameRows ? $" {Words.Number(leak.SameSourceRows)} of them carry the same row id of the source: they are the same rows." : string.Empty;
        return new FindingDraft(
            Pair(data) with { Rows = [.. (sameRows ? leak.SameSourceCopyRows : leak.CopyRows).Take(20)] },
            $"{Words.Count(leak.Copies, "row")} of the {data.TestName} ({Words.Percent((double)leak.Copies / leak.TestRows)}){about} equal a row of the {data.TrainName}{labels}; {natural}.{source}" +
            (beyondDuplicates || sameRows ? " A metric on them rewards memory." : string.Empty))
        {
            Severity = sameRows ? Severity.Error : beyondDuplicates ? Severity.Warning : Severity.Info,
            Evidence =
            [
                new Evidence("copied hold-out rows", leak.Copies) { Unit = "rows" },
                new Evidence("expected from natural duplicates", leak.ExpectedCopies) { Unit = "rows" },
                new Evidence("excess share", Math.Max(0, (leak.Copies - leak.ExpectedCopies) / leak.TestRows)) { Threshold = _options.ExcessFloor },
                new Evidence("same row id and features", leak.SameSourceRows) { Threshold = 1, Unit = "rows" },
            ],
            Advice = beyondDuplicates || sameRows
                ? [new Advice("Drop them from the hold-out data, and split before rows are copied, oversampled or augmented.", "test = report.Mends.OfType<DropRowsMend>().First(m => m.InHoldOut).Apply(ml, test);")]
                : [],
            Mend = (beyondDuplicates || sameRows) && leak.IsExact
                ? new DropRowsMend(leak.CopyRows, $"hold-out rows that stand in the {data.TrainName} too") { InHoldOut = true }
                : null,
        };
    }

    private static FindingDraft InTime(SplitComparison data, TimeOverlap time) =>
        new(Subject.Column(time.Name), $"{Words.Percent(time.Share)} of the {data.TestName} are no later than the latest row of the {data.TrainName} by '{time.Name}': " +
            "the model is tested on a time it has seen.")
        {
            Severity = Severity.Info,
            Evidence = [new Evidence("share within the training period", time.Share) { Threshold = 0 }],
            Advice = [new Advice("Where the model is to predict the future, train on earlier rows and test on later ones.", $"var train = ml.Data.FilterRowsByColumn(allRows, {Words.Literal(time.Name)}, upperBound: cut);")],
            Mend = new SplitMend(SplitKind.Time, time.Name, (double)data.TestRows / (data.TrainRows + data.TestRows)) { Features = data.Declaration.Features },
        };

    private static Subject Pair(SplitComparison data) => new(SubjectKind.Split, $"{data.TrainName} / {data.TestName}");
}
