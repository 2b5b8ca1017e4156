namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>The rules of networks, as the tables ask for them.</summary>
internal static class NetworkRules
{
    public static IReadOnlyList<RuleDescriptor> All { get; } = [.. RuleCatalog.Create(typeof(NetworkCheck).Assembly).Select(r => r.Descriptor)];

    /// <summary>A rule that advises: what it finds is Info, and needs no harm.</summary>
    public static bool IsAdvice(string id) => SeverityOf(id) == Severity.Info;

    /// <summary>A rule that states a fact which no training gets over.</summary>
    public static bool IsFact(string id) => SeverityOf(id) == Severity.Error;

    /// <summary>Findings of a rule that count: any of one that advises, else those above Info.</summary>
    public static IEnumerable<Finding> Counted(this DiagnosticReport report, string id) => report.Of(id).Where(f => IsAdvice(id) || f.Severity >= Severity.Warning);

    private static Severity SeverityOf(string id) => All.Single(r => r.Id == id).DefaultSeverity;
}
