using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace MLNetDebug.Reports;

/// <summary>Writes a report as JSON by <c>docs/report.schema.json</c>.</summary>
internal static class JsonReport
{
    private const int MaxRows = 1_000;

    // Readable letters of every script; what HTML would obey stays escaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static string Render(DiagnosticReport report, bool includeValues, bool indented)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented, Encoder = Encoder, NewLine = "\n" }))
            Write(json, report, includeValues);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, DiagnosticReport report, bool includeValues)
    {
        json.WriteStartObject();
        json.WriteString("schema", DiagnosticReport.Schema);
        json.Text("title", report.Title);
        json.Enum("worst", report.Worst);
        json.Array("facts", report.Facts, WriteEvidence);
        json.Array("findings", report.Findings, (w, f) => JsonFinding.Write(w, f, includeValues));
        json.Array("notChecked", report.NotChecked, WriteNotChecked);
        json.Array("assumptions", report.Assumptions, (w, a) => w.WriteStringValue(SafeText.Clean(a)));
        json.Array("checked", report.Checked, WriteChecked);
        json.WriteNumber("familySize", report.FamilySize);
        json.Array("timings", report.Timings, WriteTiming);
        json.WriteEndObject();
    }

    public static void WriteEvidence(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject();
        json.Text("name", evidence.Name);
        json.Number("value", evidence.Value);
        if (evidence.Threshold is { } threshold)
            json.Number("threshold", threshold);
        json.OptionalText("unit", evidence.Unit);
        json.WriteEndObject();
    }

    public static void WriteSubject(Utf8JsonWriter json, Subject subject)
    {
        json.WriteStartObject("subject");
        json.Enum("kind", subject.Kind);
        json.Text("name", subject.Name);
        if (subject.Slot is { } slot)
            json.WriteNumber("slot", slot);
        json.OptionalText("slotName", subject.SlotName);
        if (subject.Rows.Count > 0)
            json.Array("rows", subject.Rows.Take(MaxRows), (w, row) => w.WriteNumberValue(row));
        if (subject.Epoch is { } epoch)
            json.WriteNumber("epoch", epoch);
        if (subject.Step is { } step)
            json.WriteNumber("step", step);
        json.WriteEndObject();
    }

    private static void WriteNotChecked(Utf8JsonWriter json, NotChecked unanswered)
    {
        json.WriteStartObject();
        WriteSubject(json, unanswered.Subject);
        json.Text("reason", unanswered.Reason);
        json.OptionalText("ruleId", unanswered.RuleId);
        if (unanswered.RowsNeeded is { } rows)
            json.WriteNumber("rowsNeeded", rows);
        json.WriteEndObject();
    }

    private static void WriteChecked(Utf8JsonWriter json, CheckedRule rule)
    {
        json.WriteStartObject();
        json.Text("ruleId", rule.Rule.Id);
        json.Text("name", rule.Rule.Name);
        json.WriteNumber("findings", rule.Findings);
        json.WriteNumber("tests", rule.Tests);
        json.WriteEndObject();
    }

    private static void WriteTiming(Utf8JsonWriter json, Timing timing)
    {
        json.WriteStartObject();
        json.Text("name", timing.Name);
        json.Number("seconds", timing.Elapsed.TotalSeconds);
        json.WriteEndObject();
    }
}
