using System.Reflection;
using MLNetDebug.Zoo;

namespace MLNetDebug.Tests.House;

/// <summary>Finds every rule of <see cref="RulesUnderTest"/> and holds it to what makes a rule whole. One file, compiled into each test project that has rules.</summary>
[TestClass]
public sealed class RuleHouseTests
{
    private static readonly IReadOnlyDictionary<string, string> Constants = typeof(RuleIds)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)
        .ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!);

    public static IEnumerable<object[]> Rules => RulesUnderTest.Rules.Select(r => new object[] { r.GetType().Name });

    [TestMethod]
    public void Ids_EachHaveARuleAndASeverity()
    {
        var ids = RulesUnderTest.Rules.Select(r => r.Descriptor.Id).ToArray();
        CollectionAssert.AreEquivalent(Constants.Values.Where(RulesUnderTest.IsMine).ToArray(), ids);
        CollectionAssert.AreEquivalent(RulesUnderTest.Severities.Keys.ToArray(), ids);
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
        var file = Repository.PathOf("src", RulesUnderTest.Project, RoomOf(type), "Rules", name + ".cs");
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
        Assert.Contains("| planted: found by this rule", page, $"{rule.Descriptor.Id}.md has no row of the zoo; run its table, then the zoo's docs command.");
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
        var path = Repository.PathOf("tests", RulesUnderTest.Project + ".Tests", RoomOf(Named(name).GetType()), "Rules", name + "Tests.cs");
        Assert.IsTrue(File.Exists(path), $"{path} is missing.");
        Assert.Contains("[TestMethod]", File.ReadAllText(path));
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_HasAPlaceInTheZoo(string name)
    {
        var rule = Named(name);
        var notes = RulesUnderTest.Programs[rule.Descriptor.Id].ToArray();
        Assert.IsGreaterThanOrEqualTo(RulesUnderTest.LeastPrograms, notes.Length, $"Zoo programs that expect {name}: too few.");
        CollectionAssert.AreEquivalent(notes.SelectMany(n => n).Distinct().ToArray(), rule.Descriptor.Notes.ToArray(), "Notes of the rule and of its programs differ.");
    }

    [TestMethod]
    [DynamicData(nameof(Rules))]
    public void Rule_WeighsWhatTheTableSays(string name)
    {
        var rule = Named(name);
        Assert.AreEqual(RulesUnderTest.Severities[rule.Descriptor.Id], rule.Descriptor.DefaultSeverity);
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

    /// <summary>The room of a rule: its namespace behind the project's.</summary>
    private static string RoomOf(Type rule)
    {
        Assert.StartsWith(RulesUnderTest.Project + ".", rule.Namespace!);
        return rule.Namespace![(RulesUnderTest.Project.Length + 1)..];
    }

    private static Rule Named(string name) => RulesUnderTest.Rules.Single(r => r.GetType().Name == name);

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true } t && t != typeof(bool) && t != typeof(char);
}
