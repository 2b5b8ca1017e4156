using MLNetDebug.Zoo.Programs;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

/// <summary>What the house's tests ask about in this project: the core's rules.</summary>
internal static class RulesUnderTest
{
    /// <summary>The project their files stand in, and their test files in the one of the same name with <c>.Tests</c>.</summary>
    public const string Project = "MLNetDebug";

    /// <summary>The name of the marks around their table in <c>docs/rules/README.md</c>.</summary>
    public const string Mark = "rules";

    /// <summary>How many zoo programs each has at least.</summary>
    public const int LeastPrograms = 1;

    /// <summary>The severities of the twenty notes' table: what a rule weighs is decided there, not in its file.</summary>
    public static readonly IReadOnlyDictionary<string, Severity> Severities = new Dictionary<string, Severity>
    {
        ["MLD101"] = Severity.Warning,
        ["MLD102"] = Severity.Error,
        ["MLD103"] = Severity.Info,
        ["MLD104"] = Severity.Warning,
        ["MLD105"] = Severity.Warning,
        ["MLD106"] = Severity.Error,
        ["MLD107"] = Severity.Warning,
        ["MLD108"] = Severity.Info,
        ["MLD109"] = Severity.Warning,
        ["MLD110"] = Severity.Info,
        ["MLD111"] = Severity.Warning,
        ["MLD112"] = Severity.Warning,
        ["MLD113"] = Severity.Warning,
        ["MLD114"] = Severity.Warning,
        ["MLD115"] = Severity.Warning,
        ["MLD116"] = Severity.Warning,
        ["MLD117"] = Severity.Warning,
        ["MLD118"] = Severity.Error,
        ["MLD119"] = Severity.Warning,
        ["MLD120"] = Severity.Error,
        ["MLD121"] = Severity.Warning,
        ["MLD122"] = Severity.Warning,
        ["MLD123"] = Severity.Warning,
        ["MLD401"] = Severity.Warning,
        ["MLD402"] = Severity.Warning,
        ["MLD403"] = Severity.Error,
        ["MLD404"] = Severity.Error,
        ["MLD405"] = Severity.Error,
        ["MLD601"] = Severity.Error,
        ["MLD602"] = Severity.Error,
        ["MLD603"] = Severity.Info,
        ["MLD604"] = Severity.Error,
        ["MLD605"] = Severity.Error,
        ["MLD606"] = Severity.Error,
        ["MLD607"] = Severity.Info,
        ["MLD608"] = Severity.Error,
        ["MLD609"] = Severity.Warning,
        ["MLD610"] = Severity.Error,
        ["MLD611"] = Severity.Info,
        ["MLD612"] = Severity.Warning,
    };

    public static readonly IReadOnlyList<Rule> Rules = RuleCatalog.Create();

    /// <summary>The notes of each zoo program, by the rule it expects.</summary>
    public static readonly ILookup<string, int[]> Programs = ZooPrograms.All.ToLookup(p => p.ExpectedRule, p => p.Notes);

    /// <summary>Which of the ids are this project's.</summary>
    public static bool IsMine(string id) => !RulePages.IsOfNetworks(id) && !RulePages.IsOfSweeps(id) && (id[3] is not '3');
}
