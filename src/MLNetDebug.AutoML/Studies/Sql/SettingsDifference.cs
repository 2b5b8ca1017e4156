using System.Text.Json;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>Says which settings of a study differ.</summary>
internal static class SettingsDifference
{
    private const int LongestValue = 40;

    /// <summary>The members that differ, with their values where these are short; null where none does.</summary>
    public static string? Between(string kept, string asked)
    {
        if (kept == asked)
            return null;
        try
        {
            using var keptJson = JsonDocument.Parse(kept);
            using var askedJson = JsonDocument.Parse(asked);
            if (JsonElement.DeepEquals(keptJson.RootElement, askedJson.RootElement))
                return null;
            if (keptJson.RootElement.ValueKind == JsonValueKind.Object && askedJson.RootElement.ValueKind == JsonValueKind.Object)
                return string.Join(", ", Members(keptJson.RootElement, askedJson.RootElement));
        }
        catch (Exception e) when (StoredJson.IsNoJson(e))
        {
            // Told below: what is no JSON has no members to name.
        }

        return "they are not the same text, and not both JSON objects whose members could be named";
    }

    private static IEnumerable<string> Members(JsonElement kept, JsonElement asked)
    {
        var names = kept.EnumerateObject().Concat(asked.EnumerateObject()).Select(m => m.Name).Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var (isKept, isAsked) = (kept.TryGetProperty(name, out var there), asked.TryGetProperty(name, out var here));
            if (isKept != isAsked || !JsonElement.DeepEquals(there, here))
                yield return $"{SafeText.Line(name, 100)} ({Told(isKept, there)} in the study, {Told(isAsked, here)} asked)";
        }
    }

    private static string Told(bool isThere, JsonElement value)
    {
        if (!isThere)
            return "absent";
        var text = value.GetRawText();
        return text.Length <= LongestValue ? SafeText.Line(text) : "another value";
    }
}
