using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class VanishingGradientTests
{
    [TestMethod]
    public void A_gradient_that_is_lost_before_the_first_layers_is_found()
    {
        var finding = Judge(Courses.Of(Courses.Falling(100, 2.3, 2.3), gradients: [1e-8, 1e-7, 1])).Findings.Single();
        Assert.AreEqual("fc2", finding.Subject.Name);
        Assert.AreEqual(Severity.Warning, finding.Severity);
    }

    [TestMethod]
    public void Layers_alike_or_a_loss_that_has_come_down_are_silent()
    {
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 2.3))).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 0.5), gradients: [1e-8, 1e-7, 1])).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 2.3), gradients: [0, 0, 1])).Findings, "Gradients of 0 are dead units.");
    }

    [TestMethod]
    public void Options_are_heeded() => Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 2.3), gradients: [1e-5, 1e-4, 1]), new() { LostShare = 1e-6 }).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static RuleTested Judge(TrainingWindow window, VanishingGradientOptions? options = null) => WindowsOfRuns.Judge(new VanishingGradient(options), window);
}
