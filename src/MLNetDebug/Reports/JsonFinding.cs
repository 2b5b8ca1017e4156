using System.Text.Json;

namespace MLNetDebug.Reports;

/// <summary>Writes one finding as JSON.</summary>
internal static class JsonFinding
{
    private const int MaxValues = 1_000;

    public static void Write(Utf8JsonWriter json, Finding finding, bool includeValues)
    {
        json.WriteStartObject();
        WriteRule(json, finding.Rule);
        json.Enum("severity", finding.Severity);
        json.Enum("confidence", finding.Confidence);
        JsonReport.WriteSubject(json, finding.Subject);
        json.Text("message", finding.Message);
        json.Array("evidence", finding.Evidence, JsonReport.WriteEvidence);
        json.Array("advice", finding.Advice, WriteAdvice);
        if (finding.Proof is { } proof)
        {
            json.WriteStartObject("proof");
            json.Enum("kind", proof.Kind);
            json.Text("text", proof.Text);
            json.WriteEndObject();
        }

        JsonFigures.Write(json, finding.Figures);
        if (finding.Mend is { } mend)
        {
            json.WriteStartObject("mend");
            json.Text("type", mend.GetType().Name);
            json.Text("title", mend.Title);
            json.Text("code", mend.Code);
            json.WriteEndObject();
        }

        if (includeValues && finding.Values.Count > 0)
            json.Array("values", finding.Values.Take(MaxValues), (w, v) => w.WriteStringValue(SafeText.Clean(v)));
        json.OptionalText("foldedUnder", finding.FoldedUnder);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, RuleDescriptor rule)
    {
        json.WriteStartObject("rule");
        json.Text("id", rule.Id);
        json.Text("name", rule.Name);
        json.Text("title", rule.Title);
        json.Enum("category", rule.Category);
        json.Enum("proof", rule.Proof);
        json.Array("notes", rule.Notes, (w, n) => w.WriteNumberValue(n));
        json.Text("help", rule.HelpLink);
        json.WriteEndObject();
    }

    private static void WriteAdvice(Utf8JsonWriter json, Advice advice)
    {
        json.WriteStartObject();
        json.Text("text", advice.Text);
        json.OptionalText("code", advice.Code);
        json.WriteEndObject();
    }
}
