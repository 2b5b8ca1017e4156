using MLNetDebug.Tests.House;

namespace MLNetDebug.Tests;

/// <summary><c>docs/rules/README.md</c> lists the rules of the core.</summary>
[TestClass]
public sealed class RuleIndexTests
{
    [TestMethod]
    public void Index_ListsTheRulesOfTheCatalogue() => new RuleIndex("rules", RuleCatalog.Create()).ListsTheRules();

    [TestMethod]
    public void Ids_AreUniqueAndNamedAsTheirConstants()
    {
        var rules = RuleCatalog.Create().Select(r => r.Descriptor).ToArray();
        Assert.AreEqual(rules.Length, rules.Select(r => r.Id).Distinct().Count());
        foreach (var rule in rules)
            Assert.AreEqual(rule.Id, typeof(RuleIds).GetField(rule.Name)?.GetRawConstantValue(), rule.Name);
    }
}
