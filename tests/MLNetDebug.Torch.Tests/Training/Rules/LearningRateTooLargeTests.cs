using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class LearningRateTooLargeTests
{
    [TestMethod]
    public void Long_steps_and_a_loss_that_has_blown_up_are_confirmed()
    {
        var finding = Judge(Courses.Of(Courses.Falling(60, 2.3, 9), update: 0.3)).Findings.Single();
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual("SGD", finding.Subject.Name);
        Assert.Contains("0.5", finding.Message);
    }

    [TestMethod]
    public void One_sign_alone_is_silent()
    {
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(60, 2.3, 0.5), update: 0.3)).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(60, 2.3, 9), update: 1e-3)).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(60, 2.3, 0.5))).Findings);
    }

    [TestMethod]
    public void A_converged_loss_that_wavers_is_silent() =>
        Assert.IsEmpty(Judge(Courses.Of([.. Courses.Falling(150, 2.3, 0.01), .. Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? 0.01 : 0.05)], update: 0.08)).Findings);

    [TestMethod]
    public void A_plateau_needs_far_longer_steps()
    {
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(80, 2.3, 2.3), update: 0.06)).Findings);
        Assert.HasCount(1, Judge(Courses.Of(Courses.Falling(80, 2.3, 2.3), update: 2)).Findings);
    }

    [TestMethod]
    [DataRow(80, 0.6, 5, true)]
    [DataRow(80, 0.6, 1, false)]
    [DataRow(80, 0.4, 5, false)]
    [DataRow(30, 0.6, 5, false)]
    [DataRow(30, 0.97, 5, true)]
    [DataRow(15, 0.97, 5, false)]
    public void Weights_that_grew_at_once_while_the_loss_lags_behind_are_found(int steps, double share, double growth, bool expected) =>
        Assert.HasCount(expected ? 1 : 0, Judge(Courses.Of(Courses.Falling(steps, 2.3, 2.3 * share), growth: growth)).Findings);

    [TestMethod]
    [DataRow(1, 0.08, 2.3, true)]
    [DataRow(0, 0.08, 2.3, false)]
    [DataRow(1, 0.04, 2.3, false)]
    [DataRow(1, 0.08, 1.2, false)]
    public void A_network_that_one_long_step_left_dead_is_found(int alike, double update, double level, bool expected)
    {
        var window = Courses.Of(Courses.Falling(19, 2.3, level));
        window = window with
        {
            Output = new() { Samples = 2, Rows = 32, Width = 10, AlikeSamples = alike },
            Parameters = [.. window.Parameters.Select(p => p with { UpdateRatios = [update, 0] })],
        };
        var findings = Judge(window).Findings;
        Assert.HasCount(expected ? 1 : 0, findings);
        if (expected)
        {
            Assert.AreEqual(Confidence.Confirmed, findings[0].Confidence);
            Assert.Contains("same answer", findings[0].Message);
        }
    }

    [TestMethod]
    public void A_negative_rate_is_named()
    {
        var window = Courses.Of(Courses.Falling(20, 2.3, 2.4));
        window = window with { Optimizers = [window.Optimizers[0] with { Groups = [window.Optimizers[0].Groups[0] with { LearningRate = -0.1 }] }] };
        Assert.Contains("negative", Judge(window).Findings.Single().Message);
    }

    [TestMethod]
    public void Options_are_heeded() => Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(60, 2.3, 9), update: 0.3), new() { UpdateRatio = 0.5 }).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static RuleTested Judge(TrainingWindow window, LearningRateTooLargeOptions? options = null) => WindowsOfRuns.Judge(new LearningRateTooLarge(options), window);
}
