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
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static TrainingWindow Run(double[] losses, double update) => Courses.Of(losses, update) with { Epochs = Courses.Epochs(0.1, 2.3, 2.3, 2.3, 2.3), Batches = new() { BatchesPerEpoch = 20 } };


    private static RuleTested Judge(TrainingWindow window, LearningRateTooSmallOptions? options = null) => WindowsOfRuns.Judge(new LearningRateTooSmall(options), window);
}
