using System.Reflection;

namespace MLNetDebug.Tests.House;

/// <summary>What makes a rule whole, asked of every rule of one assembly. One file, compiled into each test project that has rules to ask about.</summary>
/// <param name="rules">The rules.</param>
/// <param name="project">The project their files stand in, and their test files in the one of the same name with <c>.Tests</c>.</param>
/// <param name="severities">What each weighs by the twenty notes' table: that is decided there, not in a rule's file.</param>
/// <param name="programs">The notes of each zoo program, by the rule it expects.</param>
internal sealed class RuleHouse(IReadOnlyList<Rule> rules, string project, IReadOnlyDictionary<string, Severity> severities, ILookup<string, int[]> programs)
{
    private static readonly IReadOnlyDictionary<string, string> Constants = typeof(RuleIds)
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral)
        .ToDictionary(f => f.Name, f => (string)f.GetRawConstantValue()!);

    public IEnumerable<object[]> Names => rules.Select(r => new object[] { r.GetType().Name });

    /// <summary>Those of the constants that are this assembly's, the rules, and the severities are the same ids.</summary>
    public void EachIdHasARuleAndASeverity(Func<string, bool> isMine)
    {
        var ids = rules.Select(r => r.Descriptor.Id).ToArray();
        CollectionAssert.AreEquivalent(Constants.Values.Where(isMine).ToArray(), ids);
        CollectionAssert.AreEquivalent(severities.Keys.ToArray(), ids);
    }

    public void HasItsConstant(string name)
    {
        var rule = Named(name);
        Assert.AreEqual(name, rule.Descriptor.Name);
        Assert.IsTrue(Constants.TryGetValue(name, out var id), $"RuleIds has no constant {name}.");
        Assert.AreEqual(id, rule.Descriptor.Id);
    }

    public void IsOneSealedClassInItsFamilysFolder(string name)
    {
        var type = Named(name).GetType();
        Assert.IsTrue(type.IsSealed && !type.IsPublic, $"{name} must be internal and sealed.");
        var file = Repository.PathOf("src", project, RoomOf(type), "Rules", name + ".cs");
        Assert.IsTrue(File.Exists(file), $"{file} is missing.");
    }

    public void HasAPageThatNamesIdAndOptions(string name)
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

    public void HasATestFileOfItsName(string name)
    {
        var path = Repository.PathOf("tests", project + ".Tests", RoomOf(Named(name).GetType()), "Rules", name + "Tests.cs");
        Assert.IsTrue(File.Exists(path), $"{path} is missing.");
        Assert.Contains("[TestMethod]", File.ReadAllText(path));
    }

    public void HasAPlaceInTheZoo(string name, int atLeast)
    {
        var rule = Named(name);
        var notes = programs[rule.Descriptor.Id].ToArray();
        Assert.IsGreaterThanOrEqualTo(atLeast, notes.Length, $"Zoo programs that expect {name}: too few.");
        CollectionAssert.AreEquivalent(notes.SelectMany(n => n).Distinct().ToArray(), rule.Descriptor.Notes.ToArray(), "Notes of the rule and of its programs differ.");
    }

    public void WeighsWhatTheTableSays(string name)
    {
        var rule = Named(name);
        Assert.AreEqual(severities[rule.Descriptor.Id], rule.Descriptor.DefaultSeverity);
        if (rule.Descriptor.DefaultSeverity == Severity.Error)
            Assert.AreEqual(ProofKind.Fact, rule.Descriptor.Proof, "Error is for facts.");
    }

    public void StatesItsFaultInOneShortSentence(string name)
    {
        var title = Named(name).Descriptor.Title;
        Assert.IsTrue(title.Length is > 10 and < 120 && title.EndsWith('.') && char.IsUpper(title[0]), title);
    }

    public void OptionsStateARangeAndAcceptTheirDefaults(string name)
    {
        if (Named(name).Options is not { } options)
            return;
        OptionsValidation.ThrowIfInvalid(options);
        foreach (var option in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => IsNumber(p.PropertyType)))
            Assert.IsNotNull(option.GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>(), $"{options.GetType().Name}.{option.Name} states no range.");
    }

    public void IsASymptomOfKnownRulesOnly(string name)
    {
        var descriptor = Named(name).Descriptor;
        foreach (var root in descriptor.SymptomOf)
            Assert.IsTrue(Constants.Values.Contains(root) && root != descriptor.Id, $"{name} names {root}.");
    }

    /// <summary>The room of a rule: its namespace behind the project's.</summary>
    private string RoomOf(Type rule)
    {
        Assert.StartsWith(project + ".", rule.Namespace!);
        return rule.Namespace![(project.Length + 1)..];
    }

    private Rule Named(string name) => rules.Single(r => r.GetType().Name == name);

    private static bool IsNumber(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsPrimitive: true } t && t != typeof(bool) && t != typeof(char);
}
