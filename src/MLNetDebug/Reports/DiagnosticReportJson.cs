using System.Text.Json;

namespace MLNetDebug.Reports;

/// <summary>Reads reports back that <c>ToJson()</c> wrote.</summary>
public static class DiagnosticReportJson
{
    /// <summary>
    /// Reads a report. Members it does not know are ignored. What JSON does not carry is not there: <see cref="Finding.Mend"/> is
    /// null, and <see cref="RuleDescriptor.SymptomOf"/> is empty.
    /// </summary>
    /// <param name="json">One JSON object by <c>docs/report.schema.json</c>.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is not JSON, or not a report of a schema this version reads; the message says where.</exception>
    public static DiagnosticReport Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Report(new JsonPlace(document.RootElement, "the report"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"A report is read from JSON, and this is none: {SafeText.Line(e.Message, 300)}", e);
        }
    }

    private static DiagnosticReport Report(JsonPlace root)
    {
        var schema = root["schema"].Text();
        if (schema != DiagnosticReport.Schema)
            throw new FormatException($"The schema '{SafeText.Line(schema, 100)}' is not known; this version reads '{DiagnosticReport.Schema}'.");
        return new DiagnosticReport
        {
            Title = root["title"].Text(),
            Facts = root.List("facts", Evidence),
            Findings = root.List("findings", Finding),
            NotChecked = root.List("notChecked", n => new NotChecked(Subject(n["subject"]), n["reason"].Text())
            {
                RuleId = n.OptionalText("ruleId"),
                RowsNeeded = n.Find("rowsNeeded")?.Integer(),
            }),
            Assumptions = root.List("assumptions", a => a.Text()),
            Checked = root.List("checked", c => new CheckedRule(
                Plain(c["ruleId"].Text(), c["name"].Text()), c["findings"].Int(), c["tests"].Int())),
            FamilySize = root["familySize"].Int(),
            Timings = root.List("timings", t => new Timing(t["name"].Text(), t["seconds"].Seconds())),
        };
    }

    private static Finding Finding(JsonPlace finding) => new()
    {
        Rule = Rule(finding["rule"]),
        Severity = finding["severity"].Enum<Severity>(),
        Confidence = finding["confidence"].Enum<Confidence>(),
        Subject = Subject(finding["subject"]),
        Message = finding["message"].Text(),
        Evidence = finding.List("evidence", Evidence),
        Advice = finding.List("advice", a => new Advice(a["text"].Text(), a.OptionalText("code"))),
        Proof = finding.Find("proof") is { } proof ? new Proof(proof["kind"].Enum<ProofKind>(), proof["text"].Text()) : null,
        Figures = finding.List("figures", Figure),
        Values = finding.List("values", v => v.Text()),
        FoldedUnder = finding.OptionalText("foldedUnder"),
    };

    private static RuleDescriptor Rule(JsonPlace rule) => new(
        rule["id"].Text(), rule["name"].Text(), rule["title"].Text(), rule["category"].Enum<RuleCategory>(), Severity.None, rule["proof"].Enum<ProofKind>())
    {
        Notes = rule.List("notes", n => n.Int()),
    };

    /// <summary>A rule of which only id and name are told.</summary>
    private static RuleDescriptor Plain(string id, string name) =>
        new(id, name, string.Empty, RuleCategory.Data, Severity.None, ProofKind.Fact);

    private static Evidence Evidence(JsonPlace evidence) => new(evidence["name"].Text(), evidence["value"].Number())
    {
        Threshold = evidence.Find("threshold")?.Number(),
        Unit = evidence.OptionalText("unit"),
    };

    private static Figure Figure(JsonPlace figure) =>
        new(figure["kind"].Text(), figure.List("axes", a => a.Text()), figure.List("data", s => (IReadOnlyList<double>)s.Items(n => n.Number())));

    private static Subject Subject(JsonPlace subject) => new(subject["kind"].Enum<SubjectKind>(), subject["name"].Text())
    {
        Slot = subject.Find("slot")?.Int(),
        SlotName = subject.OptionalText("slotName"),
        Rows = subject.List("rows", r => r.Integer()),
        Epoch = subject.Find("epoch")?.Int(),
        Step = subject.Find("step")?.Integer(),
    };
}
