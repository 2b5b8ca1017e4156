namespace MLNetDebug.Reports;

/// <summary>Named values as text, with threshold and unit.</summary>
internal static class EvidenceText
{
    public static string Of(Evidence evidence)
    {
        var threshold = evidence.Threshold is { } t ? $" (threshold {WithUnit(t, evidence.Unit)})" : string.Empty;
        return $"{SafeText.Line(evidence.Name, 80)}{Value(evidence)}{threshold}";
    }

    // A p-value is never 0: it was too small for a double.
    private static string Value(Evidence evidence) =>
        evidence.Value == 0 && (evidence.Name.EndsWith("p-value", StringComparison.Ordinal) || evidence.Name.EndsWith(" p", StringComparison.Ordinal))
            ? " < 1E-300"
            : $" = {WithUnit(evidence.Value, evidence.Unit)}";

    /// <summary>Facts such as <c>training data: rows = 500 rows</c> as <c>training data: 500 rows, 30 features; hold-out data: ...</c>.</summary>
    public static string Facts(IEnumerable<Evidence> facts)
    {
        var groups = facts.Select(Split).GroupBy(f => f.Of, f => f.Text);
        return string.Join("; ", groups.Select(g => (g.Key.Length == 0 ? string.Empty : g.Key + ": ") + string.Join(", ", g)));
    }

    private static (string Of, string Text) Split(Evidence fact)
    {
        var name = SafeText.Line(fact.Name, 80);
        var colon = name.LastIndexOf(": ", StringComparison.Ordinal);
        var (of, what) = colon < 0 ? (string.Empty, name) : (name[..colon], name[(colon + 2)..]);
        // A count is read before what is counted.
        var isCount = fact.Unit is null or "" || what.EndsWith(fact.Unit, StringComparison.Ordinal);
        if (isCount)
            return (of, $"{NumberText.Of(fact.Value)} {(fact.Value == 1 ? Singular(what) : what)}");
        // A unit that begins with the name says it already.
        return (of, fact.Unit!.StartsWith(what, StringComparison.Ordinal) ? WithUnit(fact.Value, fact.Unit) : $"{what} {WithUnit(fact.Value, fact.Unit)}");
    }

    private static string Singular(string plural) =>
        plural.EndsWith("sses", StringComparison.Ordinal) ? plural[..^2] : plural.EndsWith('s') ? plural[..^1] : plural;

    private static string WithUnit(double value, string? unit) => unit switch
    {
        null or "" => NumberText.Of(value),
        "rows" or "slots" or "columns" or "values" or "cells" or "passes" when value == 1 => $"1 {Singular(unit)}",
        _ => $"{NumberText.Of(value)} {SafeText.Line(unit, 40)}",
    };
}
