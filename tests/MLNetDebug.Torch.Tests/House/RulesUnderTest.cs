using MLNetDebug.Torch;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Torch.Zoo.Training.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

/// <summary>What the house's tests ask about in this project: the rules on networks and on training.</summary>
internal static class RulesUnderTest
{
    /// <summary>The project their files stand in, and their test files in the one of the same name with <c>.Tests</c>.</summary>
    public const string Project = "MLNetDebug.Torch";

    /// <summary>The name of the marks around their table in <c>docs/rules/README.md</c>.</summary>
    public const string Mark = "rules on networks";

    /// <summary>How many zoo programs each has at least.</summary>
    public const int LeastPrograms = 3;

    /// <summary>The severities of the twenty notes' table: what a rule weighs is decided there, not in its file.</summary>
    public static readonly IReadOnlyDictionary<string, Severity> Severities = new Dictionary<string, Severity>
    {
        ["MLD201"] = Severity.Warning,
        ["MLD202"] = Severity.Warning,
        ["MLD203"] = Severity.Info,
        ["MLD204"] = Severity.Warning,
        ["MLD205"] = Severity.Warning,
        ["MLD206"] = Severity.Info,
        ["MLD207"] = Severity.Info,
        ["MLD208"] = Severity.Info,
        ["MLD209"] = Severity.Info,
        ["MLD210"] = Severity.Warning,
        ["MLD211"] = Severity.Error,
        ["MLD212"] = Severity.Warning,
        ["MLD213"] = Severity.Warning,
        ["MLD214"] = Severity.Warning,
        ["MLD215"] = Severity.Error,
        ["MLD216"] = Severity.Error,
        ["MLD217"] = Severity.Error,
        ["MLD218"] = Severity.Info,
        ["MLD219"] = Severity.Error,
        ["MLD220"] = Severity.Warning,
        ["MLD221"] = Severity.Warning,
        ["MLD222"] = Severity.Warning,
        ["MLD223"] = Severity.Warning,
        ["MLD301"] = Severity.Warning,
        ["MLD302"] = Severity.Warning,
        ["MLD303"] = Severity.Warning,
        ["MLD304"] = Severity.Warning,
        ["MLD305"] = Severity.Error,
        ["MLD306"] = Severity.Info,
        ["MLD307"] = Severity.Warning,
        ["MLD308"] = Severity.Warning,
        ["MLD309"] = Severity.Warning,
        ["MLD310"] = Severity.Warning,
        ["MLD311"] = Severity.Warning,
        ["MLD312"] = Severity.Warning,
        ["MLD401"] = Severity.Info,
        ["MLD403"] = Severity.Error,
        ["MLD404"] = Severity.Error,
        ["MLD405"] = Severity.Error,
    };

    public static readonly IReadOnlyList<Rule> Rules = RuleCatalog.Create(typeof(NetworkCheck).Assembly);

    /// <summary>The notes of each zoo program, by the rule it expects.</summary>
    public static readonly ILookup<string, int[]> Programs = SickPrograms.Of(Split.Score).Select(p => (p.ExpectedRule, p.Notes))
        .Concat(SickTraining.Of(Split.Score).Select(p => (p.ExpectedRule, p.Notes))).ToLookup(p => p.ExpectedRule, p => p.Notes);

    /// <summary>Which of the ids are this project's.</summary>
    public static bool IsMine(string id) => RulePages.IsOfNetworks(id) || RulePages.IsOfTraining(id);
}
