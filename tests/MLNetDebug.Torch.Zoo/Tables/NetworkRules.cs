using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>The rules on networks and on training runs, as the tables ask for them.</summary>
internal static class NetworkRules
{
    private static readonly IReadOnlyList<Rule> Rules = RuleCatalog.Create(typeof(NetworkCheck).Assembly);

    /// <summary>Those that judge a network before its first step.</summary>
    public static IReadOnlyList<RuleDescriptor> All { get; } = Of(typeof(NetworkProfile));

    /// <summary>Those that judge a training run.</summary>
    public static IReadOnlyList<RuleDescriptor> OfTraining { get; } = Of(typeof(TrainingWindow));

    /// <summary>A rule that advises: what it finds is Info, and needs no harm.</summary>
    public static bool IsAdvice(string id) => SeverityOf(id) == Severity.Info;

    /// <summary>A rule that states a fact which no training gets over.</summary>
    public static bool IsFact(string id) => SeverityOf(id) == Severity.Error;

    /// <summary>Findings of a rule that count: any of one that advises, else those above Info.</summary>
    public static IEnumerable<Finding> Counted(this DiagnosticReport report, string id) => report.Of(id).Where(f => IsAdvice(id) || f.Severity >= Severity.Warning);

    private static Severity SeverityOf(string id) => Rules.SingleOrDefault(r => r.Descriptor.Id == id)?.Descriptor.DefaultSeverity ?? Severity.Warning;

    private static RuleDescriptor[] Of(Type measured) => [.. Rules.Where(r => r.Measured == measured).Select(r => r.Descriptor)];
}
