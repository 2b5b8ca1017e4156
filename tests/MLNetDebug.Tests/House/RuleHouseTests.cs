using MLNetDebug.Zoo.Programs;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

/// <summary>Finds every rule by reflection and holds it to what makes a rule whole.</summary>
[TestClass]
public sealed class RuleHouseTests
{
    /// <summary>The severities of the twenty notes' table: what a rule weighs is decided there, not in its file.</summary>
    private static readonly Dictionary<string, Severity> Severities = new()
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

    private static readonly RuleHouse House = new(RuleCatalog.Create(), "MLNetDebug", Severities, ZooPrograms.All.ToLookup(p => p.ExpectedRule, p => p.Notes));

    public static IEnumerable<object[]> Rules => House.Names;

    [TestMethod]
    public void Ids_EachHaveARuleAndASeverity() => House.EachIdHasARuleAndASeverity(id => !RulePages.IsOfNetworks(id));

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasItsConstant(string name) => House.HasItsConstant(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_IsOneSealedClassInItsFamilysFolder(string name) => House.IsOneSealedClassInItsFamilysFolder(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasAPageThatNamesIdAndOptions(string name) => House.HasAPageThatNamesIdAndOptions(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasATestFileOfItsName(string name) => House.HasATestFileOfItsName(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasAPlaceInTheZoo(string name) => House.HasAPlaceInTheZoo(name, 1);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_WeighsWhatTheTableSays(string name) => House.WeighsWhatTheTableSays(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_StatesItsFaultInOneShortSentence(string name) => House.StatesItsFaultInOneShortSentence(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_OptionsStateARangeAndAcceptTheirDefaults(string name) => House.OptionsStateARangeAndAcceptTheirDefaults(name);

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_IsASymptomOfKnownRulesOnly(string name) => House.IsASymptomOfKnownRulesOnly(name);
}
