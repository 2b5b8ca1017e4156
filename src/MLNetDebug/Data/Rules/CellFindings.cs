using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>What MLD116 says of the cells of one column.</summary>
internal static class CellFindings
{
    /// <summary>One finding for all slots of a column that share a fate.</summary>
    public static FindingDraft Of(FileCheck file, ColumnFate[] fates, double share)
    {
        var worst = fates.MaxBy(f => f.Where.Count)!;
        var cells = fates.Sum(f => f.Where.Count);
        var others = fates.Length > 1 ? $" and {Words.Count(fates.Length - 1, "further slot")}, {Words.Count(cells, "cell")} in all" : string.Empty;
        var part = (double)worst.Where.Count / file.Rows;
        var (what, weight) = Say(worst);
        return new FindingDraft(
            Place(worst),
            $"{file.FileName}: {Words.Number(worst.Where.Count)} of {Words.Count(file.Rows, "row")} {what} in {Display(worst)} ({worst.Kind}){others}; {FileFindings.Lines(worst.Where)}.")
        {
            Severity = weight == Severity.Warning && part < share ? Severity.Info : weight,
            Evidence = [new Evidence("cells concerned", cells) { Threshold = 0, Unit = "cells" }, new Evidence("share of the rows in the worst column", part) { Threshold = share }],
            Advice = [.. Advise(file, worst)],
            Values = [.. worst.Where.Examples.Where(e => e.Length > 0)],
        };
    }

    /// <summary>The columns beyond those that got a finding of their own.</summary>
    public static FindingDraft Others(FileCheck file, IReadOnlyList<(ColumnFate[] Fates, FindingDraft Draft)> others)
    {
        var cells = others.Sum(o => o.Fates.Sum(f => f.Where.Count));
        var kinds = others.GroupBy(o => Say(o.Fates[0]).What)
            .Select(g => $"{g.Key} ({Words.Number(g.Sum(o => o.Fates.Sum(f => f.Where.Count)))} in {Words.Names([.. g.Select(o => o.Fates[0].Column)])})");
        return new FindingDraft(
            new Subject(SubjectKind.File, file.FileName),
            $"{file.FileName}: cells of {Words.Count(others.Select(o => o.Fates[0].Column).Distinct().Count(), "further column")} {string.Join("; ", kinds)}.")
        {
            Severity = others.Max(o => o.Draft.Severity),
            Evidence = [new Evidence("cells concerned in further columns", cells) { Threshold = 0, Unit = "cells" }],
            Advice = [.. others.SelectMany(o => o.Draft.Advice).DistinctBy(a => a.Text).Take(3).Select(a => a.Code == "MissingRealsAsNaNs = true" ? a : a with { Code = null })],
        };
    }

    private static Subject Place(ColumnFate fate) => Subject.Column(fate.Column, fate.Slot, fate.SourceName) with { Rows = [] };

    private static string Display(ColumnFate fate) =>
        Subject.Column(fate.Column, fate.Slot, fate.SourceName).Display + $", field {Words.Number(fate.SourceIndex)}";

    private static (string What, Severity Weight) Say(ColumnFate fate) => fate.Fate switch
    {
        CellFate.EmptyToZero => ("are empty and become 0", Severity.Warning),
        CellFate.EmptyToDefault => (fate.Kind == DataKind.Boolean ? "are empty and become false" : "are empty and become the first of all dates", Severity.Warning),
        CellFate.MissingMark => (fate.Kind is DataKind.Single or DataKind.Double ? "hold a mark of a missing value and become NaN" : "hold a mark of a missing value and become a missing key", Severity.Info),
        CellFate.TextToNaN => ("hold text that is no number and become NaN", Severity.Warning),
        CellFate.Infinite => ("become infinite", Severity.Warning),
        CellFate.RoundedInteger => ("hold an integer above 2^24 that a Single rounds to another one", Severity.Warning),
        CellFate.KeyToMissing => ("hold no key below the declared count and become missing", Severity.Warning),
        CellFate.BadQuote => ("have malformed quotes and become empty", Severity.Warning),
        CellFate.Throws => ("cannot be read, and the loader throws a FormatException at the first", Severity.Error),
        CellFate.BlankTwin => ("hold a text with blanks at its ends that also stands without them, which makes two categories of one", Severity.Warning),
        _ => ("hold bytes that are not UTF-8 and become U+FFFD", Severity.Info),
    };

    private static IEnumerable<Advice> Advise(FileCheck file, ColumnFate fate)
    {
        switch (fate.Fate)
        {
            case CellFate.EmptyToZero when fate.Kind is DataKind.Single or DataKind.Double:
                yield return new Advice("Let empty reals be NaN, and replace them after loading.", "MissingRealsAsNaNs = true");
                break;
            case CellFate.EmptyToZero or CellFate.EmptyToDefault or CellFate.Throws:
                yield return new Advice($"{fate.Kind} has no missing value: read the column as Single, or as String and convert it.", $"new TextLoader.Column({Words.Literal(fate.Column)}, DataKind.Single, {fate.SourceIndex})");
                break;
            case CellFate.TextToNaN when file.OtherDecimalMarker:
                yield return new Advice("The cells are numbers with the other decimal marker: name it.", "DecimalMarker = ',', Separators = [';']");
                break;
            case CellFate.TextToNaN when !file.AllowQuoting && fate.Where.Examples.Any(e => e.StartsWith('"')):
                yield return new Advice("The cells are quoted: allow quotes.", "AllowQuoting = true");
                break;
            case CellFate.TextToNaN:
                yield return new Advice("Read the column as String and encode it, or mend the cells.", $"new TextLoader.Column({Words.Literal(fate.Column)}, DataKind.String, {fate.SourceIndex})");
                break;
            case CellFate.RoundedInteger:
                yield return new Advice("Read identifiers as Int64 or String, large quantities as Double.", $"new TextLoader.Column({Words.Literal(fate.Column)}, DataKind.Int64, {fate.SourceIndex})");
                break;
            case CellFate.KeyToMissing:
                yield return new Advice("The loader counts keys from 0: with n keys the cells are 0 to n - 1. Read other codes as text and map them.", $".Append(ml.Transforms.Conversion.MapValueToKey({Words.Literal(fate.Column)}))");
                break;
            case CellFate.BlankTwin:
                yield return new Advice("Trim the texts when the file is written, or map them after loading.");
                break;
            case CellFate.Infinite:
                yield return new Advice("Read the column as Double, or drop those rows.", $"new TextLoader.Column({Words.Literal(fate.Column)}, DataKind.Double, {fate.SourceIndex})");
                break;
            default:
                yield return new Advice("Look at the lines named.");
                break;
        }
    }
}
