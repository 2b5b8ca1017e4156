using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class SharedOptionsTests
{
    private static readonly TrainerSetup Setup = new() { Trainer = "TextClassificationTrainer", Kind = ClosedTrainerKind.TextClassification };

    [TestMethod]
    public void AnotherNumberOfClasses_IsAWarning()
    {
        var finding = RuleTester.Judge(new SharedOptions(), Setup with { EarlierClasses = 3, Classes = 2 }).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("was fitted for 3 classes before and is fitted for 2 now", finding.Message);
    }

    [TestMethod]
    public void FirstFit_SameClasses_AndUncounted_GiveNothing()
    {
        foreach (var setup in new[] { Setup with { Classes = 2 }, Setup with { EarlierClasses = 2, Classes = 2 }, Setup with { EarlierClasses = 2 } })
            Assert.IsEmpty(RuleTester.Judge(new SharedOptions(), setup).Findings);
    }

    [TestMethod]
    public void RealTrainer_IsRememberedPerObject()
    {
        var three = Letters.Draw(60);
        int[] kept = [.. Enumerable.Range(0, 60).Where(i => three.Keys[i] < 3)];
        var two = new Letters([.. kept.Select(i => three.Texts[i])], [.. kept.Select(i => three.Keys[i])]) { Declared = ["vowels", "early"] };
        var guarded = ClosedFits.Text();
        Assert.IsEmpty(guarded.Fit(three.ToClasses()).DiagnosticReports().Single().Of(RuleIds.SharedOptions));
        Assert.IsEmpty(guarded.Fit(three.ToClasses()).DiagnosticReports().Single().Of(RuleIds.SharedOptions));
        Assert.HasCount(1, guarded.Fit(two.ToClasses()).DiagnosticReports().Single().Of(RuleIds.SharedOptions).ToArray());
        Assert.IsEmpty(ClosedFits.Text().Fit(two.ToClasses()).DiagnosticReports().Single().Of(RuleIds.SharedOptions));
    }
}
