using System.Reflection;
using MLNetDebug.Zoo.Programs;

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

    private static readonly IReadOnlyDictionary<string, string> Constants = typeof(RuleIds)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)
        .ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!);

    public static IEnumerable<object[]> Rules => RuleCatalog.Create().Select(r => new object[] { r.GetType().Name });

    [TestMethod]
    public void Ids_EachHaveARuleAndASeverity()
    {
        var ids = RuleCatalog.Create().Select(r => r.Descriptor.Id).ToArray();
        CollectionAssert.AreEquivalent(Constants.Values.ToArray(), ids);
        CollectionAssert.AreEquivalent(Severities.Keys, ids);
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasItsConstant(string name)
    {
        var rule = Named(name);
        Assert.AreEqual(name, rule.Descriptor.Name);
        Assert.IsTrue(Constants.TryGetValue(name, out var id), $"RuleIds has no constant {name}.");
        Assert.AreEqual(id, rule.Descriptor.Id);
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_IsOneSealedClassInItsFamilysFolder(string name)
    {
        var type = Named(name).GetType();
        Assert.IsTrue(type.IsSealed && !type.IsPublic, $"{name} must be internal and sealed.");
        var file = Repository.PathOf("src", "MLNetDebug", RoomOf(type), "Rules", name + ".cs");
        Assert.IsTrue(File.Exists(file), $"{file} is missing.");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasAPageThatNamesIdAndOptions(string name)
    {
        var rule = Named(name);
        var path = Repository.PathOf("docs", "rules", rule.Descriptor.Id + ".md");
        Assert.IsTrue(File.Exists(path), $"{path} is missing.");
        var page = File.ReadAllText(path);
        Assert.Contains(rule.Descriptor.Id, page);
        Assert.Contains(name, page);
        Assert.Contains("## Measured", page);
        Assert.Contains("| planted: found by this rule", page, $"{rule.Descriptor.Id}.md has no row of the zoo; run its data table, then its docs command.");
        foreach (var option in rule.Options?.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly) ?? [])
        {
            if (option.Name != "EqualityContract")
                Assert.Contains(option.Name, page, $"{rule.Descriptor.Id}.md does not name the option {option.Name}.");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasATestFileOfItsName(string name)
    {
        var path = Repository.PathOf("tests", "MLNetDebug.Tests", RoomOf(Named(name).GetType()), "Rules", name + "Tests.cs");
        Assert.IsTrue(File.Exists(path), $"{path} is missing.");
        Assert.Contains("[TestMethod]", File.ReadAllText(path));
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasAPlaceInTheZoo(string name)
    {
        var rule = Named(name);
        var programs = ZooPrograms.All.Where(p => p.ExpectedRule == rule.Descriptor.Id).ToArray();
        Assert.IsNotEmpty(programs, $"No zoo program expects {name}.");
        CollectionAssert.AreEquivalent(
            programs.SelectMany(p => p.Notes).Distinct().ToArray(), rule.Descriptor.Notes.ToArray(), "Notes of the rule and of its programs differ.");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_WeighsWhatTheTableSays(string name)
    {
        var rule = Named(name);
        Assert.AreEqual(Severities[rule.Descriptor.Id], rule.Descriptor.DefaultSeverity);
        if (rule.Descriptor.DefaultSeverity == Severity.Error)
            Assert.AreEqual(ProofKind.Fact, rule.Descriptor.Proof, "Error is for facts.");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_StatesItsFaultInOneShortSentence(string name)
    {
        var title = Named(name).Descriptor.Title;
        Assert.IsTrue(title.Length is > 10 and < 120 && title.EndsWith('.') && char.IsUpper(title[0]), title);
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_OptionsStateARangeAndAcceptTheirDefaults(string name)
    {
        if (Named(name).Options is not { } options)
            return;
        OptionsValidation.ThrowIfInvalid(options);
        foreach (var option in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => IsNumber(p.PropertyType)))
            Assert.IsNotNull(option.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>(), $"{options.GetType().Name}.{option.Name} states no range.");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_IsASymptomOfKnownRulesOnly(string name)
    {
        var descriptor = Named(name).Descriptor;
        foreach (var root in descriptor.SymptomOf)
            Assert.IsTrue(Constants.Values.Contains(root) && root != descriptor.Id, $"{name} names {root}.");
    }

    /// <summary>The room of a rule: its namespace behind the product's.</summary>
    private static string RoomOf(Type rule)
    {
        Assert.StartsWith("MLNetDebug.", rule.Namespace!);
        return rule.Namespace!["MLNetDebug.".Length..];
    }

    private static Rule Named(string name) => RuleCatalog.Create().Single(r => r.GetType().Name == name);

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true } t && t != typeof(bool) && t != typeof(char);
}
