using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class LearningRateTooSmallTests
{
    [TestMethod]
    public void A_loss_that_falls_along_a_line_by_tiny_steps_is_found()
    {
        var finding = Judge(Run(Courses.Falling(200, 2.31, 2.29), 1e-6)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual("SGD", finding.Subject.Name);
    }

    [TestMethod]
    public void Usual_steps_or_a_loss_that_has_come_down_are_silent()
    {
        Assert.IsEmpty(Judge(Run(Courses.Falling(200, 2.31, 2.29), 1e-3)).Findings);
        Assert.IsEmpty(Judge(Run(Courses.Falling(200, 2.3, 1), 1e-6)).Findings);
    }

    [TestMethod]
    public void Weights_that_no_step_moves_are_another_fault() => Assert.IsEmpty(Judge(Run(Courses.Falling(200, 2.31, 2.29), 0)).Findings);

    [TestMethod]
    public void Too_few_steps_are_silent() => Assert.IsEmpty(Judge(Run(Courses.Falling(40, 2.31, 2.29), 1e-6)).Findings);

    [TestMethod]
    public void The_boundaries()
    {
        Assert.HasCount(1, Judge(Run(Courses.Falling(60, 2.31, 2.29), 1e-6)).Findings);
        Assert.IsEmpty(Judge(Run(Courses.Falling(59, 2.31, 2.29), 1e-6)).Findings);
        // Without an end of an epoch a thousand steps.
        Assert.IsEmpty(Judge(Run(Courses.Falling(999, 2.31, 2.29), 1e-6) with { Epochs = [], Batches = new() }).Findings);
        Assert.HasCount(1, Judge(Run(Courses.Falling(1000, 2.31, 2.29), 1e-6) with { Epochs = [], Batches = new() }).Findings);
        // 0.7 of what an untrained network costs, the start here or a constant answer.
        Assert.HasCount(1, Judge(Run([2.3, .. Courses.Falling(199, 1.65, 1.65)], 1e-6)).Findings);
        Assert.IsEmpty(Judge(Run([2.3, .. Courses.Falling(199, 1.57, 1.57)], 1e-6)).Findings);
        Assert.HasCount(1, Judge(Run([2.3, .. Courses.Falling(199, 1.57, 1.57)], 1e-6), new() { Learned = 0.65 }).Findings);
        // Without noise, a fall by 0.1 % of the half per step needs a thousand of them, which are 50 epochs.
        double[] Line(double steps) => [.. Enumerable.Range(0, 200).Select(i => 2.3 - (1.15 / steps * (i - 195)))];
        Assert.HasCount(1, Judge(Run(Line(1020), 1e-5)).Findings);
        Assert.HasCount(1, Judge(Run(Line(1020), 4.9e-4)).Findings);
        Assert.IsEmpty(Judge(Run(Line(1020), 5.1e-4)).Findings);
        // Of a loss that has not fallen measurably there is no pace: 0.03 of the weights' norm are 200 steps of 0.00015.
        Assert.HasCount(1, Judge(Run(Courses.Falling(200, 2.3, 2.3), 1.49e-4)).Findings);
        Assert.IsEmpty(Judge(Run(Courses.Falling(200, 2.3, 2.3), 1.51e-4)).Findings);
        Assert.IsEmpty(Judge(Run(Line(980), 1e-5)).Findings);
        Assert.IsEmpty(Judge(Run(Line(1020), 1e-5), new() { Epochs = 52 }).Findings);
    }

    [TestMethod]
    public void Numbers_that_are_none_are_silent() => Assert.IsEmpty(Judge(Run([.. Enumerable.Repeat(double.NaN, 200)], double.NaN)).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static TrainingWindow Run(double[] losses, double update) => Courses.Of(losses, update) with { Epochs = Courses.Epochs(0.1, 2.3, 2.3, 2.3, 2.3), Batches = new() { BatchesPerEpoch = 20 } };

    private static RuleTested Judge(TrainingWindow window, LearningRateTooSmallOptions? options = null) => WindowsOfRuns.Judge(new LearningRateTooSmall(options), window);
}
