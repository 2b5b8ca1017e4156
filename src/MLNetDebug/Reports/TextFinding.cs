namespace MLNetDebug.Reports;

/// <summary>Writes one group of findings: the fault, what was measured, what to do, what follows from it.</summary>
internal static class TextFinding
{
    private const int Indent = 2;
    private const int Shown = 5;
    private const int AdviceShown = 3;
    private const int SymptomLength = 240;

    public static void Write(TextCanvas canvas, DiagnosticReport report, FindingGroup group)
    {
        var all = group.Findings;
        var place = all.Count == 1 ? all[0].Subject.Display : NumberText.Count(all.Count, "finding");
        var unsure = all.All(f => f.Confidence == Confidence.Suspected) ? " (suspected)" : string.Empty;
        canvas.Paragraph(
            0, Word(group.Severity) + " ", $"{group.Rule.Id} {group.Rule.Name}{unsure}: {SafeText.Line(place, 120)}", InkOf(group.Severity), Ink.Bold);

        // One line for the rest is not shorter than the single finding it would stand for.
        var shown = all.Count <= Shown + 1 ? all.Count : Shown;
        foreach (var finding in all.Take(shown))
            WriteOne(canvas, finding, bullet: all.Count > 1);
        if (all.Count > shown)
        {
            // What sums up the others stands on the whole file or split: its place alone would say nothing.
            var whole = all.Skip(shown).LastOrDefault(f => f.Subject.Kind is SubjectKind.File or SubjectKind.DataSet or SubjectKind.Split);
            var rest = all.Skip(shown).Where(f => !ReferenceEquals(f, whole)).Select(f => f.Subject.Display).ToArray();
            canvas.Paragraph(Indent, "- ", $"and {NumberText.Of(rest.Length)} more: {TextReport.Places(rest)}");
            if (whole is not null)
                WriteOne(canvas, whole, bullet: true);
        }

        WriteAdvice(canvas, report, all);
        foreach (var symptoms in group.Symptoms.GroupBy(s => s.Rule.Id))
            WriteSymptoms(canvas, [.. symptoms]);
        canvas.Paragraph(Indent, "see ", group.Rule.HelpLink, Ink.Grey, Ink.Grey);
    }

    private static void WriteOne(TextCanvas canvas, Finding finding, bool bullet)
    {
        var inner = bullet ? Indent + 2 : Indent;
        canvas.Paragraph(Indent, bullet ? "- " : string.Empty, finding.Message);
        if (finding.Evidence.Count > 0)
            canvas.Paragraph(inner, "measured: ", string.Join("; ", finding.Evidence.Select(EvidenceText.Of)), Ink.Grey, Ink.Grey);
        if (finding.Subject.Rows.Count > 0)
            canvas.Paragraph(inner, "rows (from 0): ", TextReport.Places([.. finding.Subject.Rows.Select(NumberText.Of)]), Ink.Grey, Ink.Grey);
        if (finding.Proof is { } proof)
            canvas.Paragraph(inner, "proof: ", proof.Text, Ink.Grey, Ink.Grey);
    }

    private static void WriteAdvice(TextCanvas canvas, DiagnosticReport report, IReadOnlyList<Finding> findings)
    {
        foreach (var advice in findings.SelectMany(f => f.Advice).Distinct().Take(AdviceShown))
        {
            canvas.Paragraph(Indent, "do: ", advice.Text, Ink.Green);
            if (!string.IsNullOrWhiteSpace(advice.Code))
                canvas.Code(Indent + 4, advice.Code);
        }

        var mends = report.Mends;
        foreach (var mend in findings.Select(f => f.Mend).OfType<Mend>().Distinct().Take(AdviceShown))
        {
            var index = Enumerable.Range(0, mends.Count).FirstOrDefault(i => mends[i].Equals(mend), -1);
            canvas.Paragraph(Indent, "mend: ", index < 0 ? mend.Title : $"report.Mends[{NumberText.Of(index)}]: {mend.Title}", Ink.Green);
        }
    }

    private static void WriteSymptoms(TextCanvas canvas, IReadOnlyList<Finding> symptoms)
    {
        var first = symptoms[0];
        var more = symptoms.Count == 1 ? string.Empty : $" (and {NumberText.Of(symptoms.Count - 1)} more)";
        canvas.Paragraph(
            Indent, "so too: ", $"{first.Rule.Id} {first.Rule.Name}, {SafeText.Line(first.Subject.Display, 80)}: {Short(first.Message)}{more}", Ink.Yellow);
    }

    private static string Short(string message)
    {
        if (message.Length <= SymptomLength)
            return message;
        var cut = message.LastIndexOf(' ', SymptomLength);
        return SafeText.Line(message, cut > 0 ? cut : SymptomLength);
    }

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "ERROR",
        Severity.Warning => "WARNING",
        _ => "NOTE",
    };

    private static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Error => Ink.Red,
        Severity.Warning => Ink.Yellow,
        _ => Ink.Cyan,
    };
}
