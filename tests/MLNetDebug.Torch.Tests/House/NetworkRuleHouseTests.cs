using MLNetDebug.Tests.House;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Tests.House;

/// <summary>Finds every rule on networks by reflection and holds it to what makes a rule whole.</summary>
[TestClass]
public sealed class NetworkRuleHouseTests
{
    /// <summary>The severities of the twenty notes' table: what a rule weighs is decided there, not in its file.</summary>
    private static readonly Dictionary<string, Severity> Severities = new()
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
        ["MLD310"] = Severity.Warning,
    };

    private static readonly RuleHouse House = new(
        RuleCatalog.Create(typeof(NetworkCheck).Assembly), "MLNetDebug.Torch", Severities, SickPrograms.Of(Split.Score).ToLookup(p => p.ExpectedRule, p => p.Notes));

    public static IEnumerable<object[]> Rules => House.Names;

    [TestMethod]
    public void Ids_EachHaveARuleAndASeverity() => House.EachIdHasARuleAndASeverity(RulePages.IsOfNetworks);

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
    public void Rule_HasAPlaceInTheZoo(string name) => House.HasAPlaceInTheZoo(name, 3);

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
