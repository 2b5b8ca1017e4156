using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class TargetScaleTests
{
    private static readonly TrainerTraits Gradient = new("OnlineGradientDescentTrainer", TrainerFamily.StochasticGradient, true);

    [TestMethod]
    public void A_mean_that_gradient_steps_cannot_bridge_is_a_warning()
    {
        var finding = Judge(Gradient, mean: 30, deviation: 1, rows: 500).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("The target 'Label' of the training data has mean 30", finding.Message);
        Assert.Contains("OnlineGradientDescentTrainer starts at 0", finding.Message);
        Assert.Contains("Score * ", finding.Advice[0].Code!);
    }

    [TestMethod]
    [DataRow(11.0, 1.0, 500, Severity.Warning)]
    [DataRow(11.0, 1.0, 2000, Severity.Info)]
    [DataRow(9.0, 1.0, 500, Severity.None)]
    [DataRow(0.0, 1e6, 500, Severity.None)]
    public void Distance_and_rows_decide_for_gradient_steps(double mean, double deviation, int rows, Severity expected) =>
        Assert.AreEqual(expected, Judge(Gradient, mean, deviation, rows).Worst);

    [TestMethod]
    [DataRow(TrainerFamily.Trees, 1e6, 1.0, Severity.None)]
    [DataRow(TrainerFamily.DualCoordinateAscent, 100.0, 1.0, Severity.None)]
    [DataRow(TrainerFamily.QuasiNewton, 2e4, 1.0, Severity.Info)]
    [DataRow(TrainerFamily.Unknown, 100.0, 1.0, Severity.Info)]
    [DataRow(TrainerFamily.Unknown, 0.0, 5000.0, Severity.Info)]
    [DataRow(TrainerFamily.Unknown, 0.0, 1.0, Severity.None)]
    public void Other_trainers_hear_at_most_advice(TrainerFamily family, double mean, double deviation, Severity expected) =>
        Assert.AreEqual(expected, Judge(new TrainerTraits("Some", family, null), mean, deviation, 500).Worst);

    [TestMethod]
    public void Classes_constant_targets_and_no_rows_give_nothing()
    {
        Assert.IsEmpty(RuleTester.Judge(new TargetScale(), OrderedData.Of([1000, 1001, 1000])).Findings);
        Assert.IsEmpty(RuleTester.Judge(new TargetScale(), OrderedData.Of([1000, 1000], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(RuleTester.Judge(new TargetScale(), OrderedData.Of([], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(RuleTester.Judge(new TargetScale(), Profiles.Of(10, [])).Findings);
    }

    private static DiagnosticReport Judge(TrainerTraits trainer, double mean, double deviation, int rows)
    {
        // Half the rows a deviation below the mean, half above: its moments are as said but for (n - 1) / n.
        var profile = OrderedData.Of([.. Enumerable.Range(0, rows).Select(i => mean + (i % 2 == 0 ? -deviation : deviation))], task: LearningTask.Regression);
        return RuleTester.Judge(new TargetScale(), profile with { Declaration = profile.Declaration with { Trainer = trainer } });
    }
}
