namespace MLNetDebug.Reports;

/// <summary>Writes a report for a reader at a terminal.</summary>
internal static class TextReport
{
    /// <summary>Narrower than this nothing is readable.</summary>
    public const int MinWidth = 40;

    private const int Indent = 2;
    private const int PlacesShown = 8;
    private const int ReasonsShown = 12;

    public static string Render(DiagnosticReport report, int width, bool color)
    {
        var canvas = new TextCanvas(width, color);
        canvas.Paragraph(0, string.Empty, $"{report.Title}: {Summary(report)}", ink: Ink.Bold);
        if (report.Facts.Count > 0)
            canvas.Paragraph(Indent, string.Empty, EvidenceText.Facts(report.Facts), ink: Ink.Grey);

        foreach (var group in FindingGroup.Arrange(report))
        {
            canvas.Gap();
            TextFinding.Write(canvas, report, group);
        }

        WriteNotChecked(canvas, report.NotChecked);
        WriteList(canvas, "Assumed", report.Assumptions);
        WriteChecked(canvas, report);
        return canvas.ToString();
    }

    private static string Summary(DiagnosticReport report)
    {
        if (report.Findings.Count == 0)
            return report.Checked.Count == 0 ? "nothing was checked." : "no findings.";
        var parts = new List<string>();
        foreach (var (severity, name) in new[] { (Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Info, "note") })
        {
            var count = report.Unfolded.Count(f => f.Severity == severity);
            if (count > 0)
                parts.Add(NumberText.Count(count, name));
        }

        var folded = report.Findings.Count - report.Unfolded.Count();
        if (folded > 0)
            parts.Add(folded == 1 ? "1 that follows from another" : $"{NumberText.Of(folded)} that follow from others");
        return string.Join(", ", parts) + ".";
    }

    private static void WriteNotChecked(TextCanvas canvas, IReadOnlyList<NotChecked> unanswered)
    {
        if (unanswered.Count == 0)
            return;
        canvas.Gap();
        canvas.Paragraph(0, string.Empty, "Not checked (which is not the same as healthy):", ink: Ink.Bold);
        var groups = unanswered.GroupBy(n => (n.Reason, n.RuleId)).ToArray();
        foreach (var group in groups.Take(ReasonsShown))
        {
            var rule = group.Key.RuleId is { } id ? $" [{id}]" : string.Empty;
            var rows = group.Max(n => n.RowsNeeded);
            var needed = rows is null ? string.Empty : $" ({NumberText.Count(rows.Value, "row")} would be enough)";
            canvas.Paragraph(Indent, "- ", $"{Places([.. group.Select(n => n.Subject.Display)])}: {group.Key.Reason.TrimEnd('.')}{needed}{rule}");
        }

        if (groups.Length > ReasonsShown)
            canvas.Paragraph(Indent, "- ", $"and {NumberText.Count(groups.Length - ReasonsShown, "more reason")}; the report's NotChecked has them all.");
    }

    private static void WriteChecked(TextCanvas canvas, DiagnosticReport report)
    {
        if (report.Checked.Count == 0)
            return;
        canvas.Gap();
        var tests = report.FamilySize == 0 ? string.Empty
            : $" ({NumberText.Count(report.FamilySize, "statistical test")}, p-values adjusted together)";
        canvas.Paragraph(0, "Checked: ", string.Join(" ", report.Checked.Select(c => c.Rule.Id)) + tests, Ink.Grey, Ink.Grey);
        if (report.Timings.Count > 0)
            canvas.Paragraph(0, "Took: ", string.Join(", ", report.Timings.Select(t => $"{t.Name} {NumberText.Seconds(t.Elapsed)}")), Ink.Grey, Ink.Grey);
    }

    private static void WriteList(TextCanvas canvas, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        canvas.Gap();
        canvas.Paragraph(0, string.Empty, title + ":", ink: Ink.Bold);
        foreach (var line in lines)
            canvas.Paragraph(Indent, "- ", line);
    }

    /// <summary>The first places by name, the rest by number.</summary>
    internal static string Places(IReadOnlyList<string> places)
    {
        var distinct = places.Distinct().Select(p => SafeText.Line(p, 80)).ToArray();
        if (distinct.Length <= PlacesShown)
            return string.Join(", ", distinct);
        return $"{string.Join(", ", distinct.Take(PlacesShown))} and {NumberText.Of(distinct.Length - PlacesShown)} more";
    }
}
