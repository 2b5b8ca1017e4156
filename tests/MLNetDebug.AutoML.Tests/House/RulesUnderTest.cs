using MLNetDebug.AutoML;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Studies;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

/// <summary>What the house's tests ask about in this project: the rules on sweeps.</summary>
internal static class RulesUnderTest
{
    /// <summary>The project their files stand in, and their test files in the one of the same name with <c>.Tests</c>.</summary>
    public const string Project = "MLNetDebug.AutoML";

    /// <summary>The name of the marks around their table in <c>docs/rules/README.md</c>.</summary>
    public const string Mark = "rules on sweeps";

    /// <summary>How many zoo programs each has at least.</summary>
    public const int LeastPrograms = 3;

    /// <summary>The severities of the twenty notes' table: what a rule weighs is decided there, not in its file.</summary>
    public static readonly IReadOnlyDictionary<string, Severity> Severities = new Dictionary<string, Severity>
    {
        ["MLD501"] = Severity.Info,
    };

    public static readonly IReadOnlyList<Rule> Rules = RuleCatalog.Create(typeof(SweepOptions).Assembly);

    /// <summary>The notes of each zoo program, by the rule it expects.</summary>
    public static readonly ILookup<string, int[]> Programs = BatchSizePrograms.Of(Split.Score).ToLookup(p => p.ExpectedRule, p => p.Notes);

    /// <summary>Which of the ids are this project's.</summary>
    public static bool IsMine(string id) => RulePages.IsOfSweeps(id);
}
