namespace MLNetDebug.Reports;

/// <summary>Named values as text, with threshold and unit.</summary>
internal static class EvidenceText
{
    public static string Of(Evidence evidence)
    {
        var threshold = evidence.Threshold is { } t ? $" (threshold {WithUnit(t, evidence.Unit)})" : string.Empty;
        return $"{SafeText.Line(evidence.Name, 80)} = {WithUnit(evidence.Value, evidence.Unit)}{threshold}";
    }

    public static string Fact(Evidence fact) => $"{SafeText.Line(fact.Name, 80)} {WithUnit(fact.Value, fact.Unit)}";

    private static string WithUnit(double value, string? unit) => unit switch
    {
        null or "" => NumberText.Of(value),
        "%" => $"{NumberText.Of(value)} %",
        _ => $"{NumberText.Of(value)} {SafeText.Line(unit, 40)}",
    };
}
