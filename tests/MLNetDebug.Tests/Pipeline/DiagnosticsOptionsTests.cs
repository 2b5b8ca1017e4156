using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class DiagnosticsOptionsTests
{
    [TestMethod]
    public void Defaults_AreValidAndFailOnFactsOnly()
    {
        var options = new DiagnosticsOptions();
        OptionsChecks.ThrowIfInvalid(options);
        Assert.AreEqual(32, options.BatchSize);
        Assert.AreEqual(Severity.Error, options.FailOn);
        Assert.IsNull(options.FailOnOrNull);
        Assert.AreEqual(TimeSpan.FromSeconds(5), options.TrainingBudget);
        Assert.AreEqual(0.05, options.Alpha);
    }

    [TestMethod]
    public void Invalid_EveryErrorStandsInOneMessage()
    {
        var options = new DiagnosticsOptions
        {
            BatchSize = 0,
            Alpha = 0.9,
            MaxRows = 0,
            TrainingBudget = TimeSpan.FromSeconds(-1),
            PassBudget = TimeSpan.Zero,
            FailOn = (Severity)9,
            Silence = ["MLD999", RuleIds.OneClass],
            Severities = new Dictionary<string, Severity> { ["XYZ1"] = Severity.Info, [RuleIds.OneClass] = Severity.Info },
            Label = "y",
            Weight = "y",
        };
        var error = Assert.ThrowsExactly<ArgumentException>(() => OptionsChecks.ThrowIfInvalid(options));
        foreach (var part in new[] { "BatchSize", "Alpha", "MaxRows", "TrainingBudget", "PassBudget", "FailOn", "'MLD999'", "'XYZ1'", "MLD101 to", "MLD120 stands both", "'y' is named as Label and Weight" })
            StringAssert.Contains(error.Message, part);
    }

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(1_000_000, true)]
    [DataRow(1_000_001, false)]
    public void BatchSize_Boundary(int size, bool valid)
    {
        var options = new DiagnosticsOptions { BatchSize = size };
        if (valid)
            OptionsChecks.ThrowIfInvalid(options);
        else
            Assert.ThrowsExactly<ArgumentException>(() => OptionsChecks.ThrowIfInvalid(options));
    }

    [TestMethod]
    public void RulesOfTheUser_BringTheirIdsAlongButMayNotTakeOurs()
    {
        OptionsChecks.ThrowIfInvalid(new DiagnosticsOptions { Rules = [new UserRule("ACME1")], Silence = ["ACME1"] });
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => OptionsChecks.ThrowIfInvalid(new DiagnosticsOptions { Rules = [new UserRule("ACME1"), new UserRule("ACME1"), new UserRule(RuleIds.OneClass)] }));
        StringAssert.Contains(error.Message, "two rules have the id ACME1");
        StringAssert.Contains(error.Message, "MLD120 is a built-in rule's id");
    }
}
