using MLNetDebug.Tests.House;

namespace MLNetDebug.Torch.Tests.House;

/// <summary><c>docs/rules/README.md</c> lists the rules on networks.</summary>
[TestClass]
public sealed class NetworkRuleIndexTests
{
    [TestMethod]
    public void Index_ListsTheRulesOnNetworks() => new RuleIndex("rules on networks", RuleCatalog.Create(typeof(NetworkCheck).Assembly)).ListsTheRules();
}
