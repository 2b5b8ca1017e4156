using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class ExplodingGradientTests
{
    [TestMethod]
    public void Gradients_too_large_for_weights_and_loss_are_found_at_their_layer()
    {
        var finding = Judge(Courses.Of(Courses.Falling(100, 2.3, 2.4), gradients: [400, 1, 1])).Findings.Single();
        Assert.AreEqual("fc1", finding.Subject.Name);
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
    }

    [TestMethod]
    public void Usual_gradients_are_silent_and_large_ones_that_do_no_harm_are_info()
    {
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 0.5))).Findings);
        Assert.AreEqual(Severity.Info, Judge(Courses.Of(Courses.Falling(100, 2.3, 0.5), gradients: [400, 1, 1])).Findings.Single().Severity);
    }

    [TestMethod]
    public void Options_are_heeded() => Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 2.4), gradients: [400, 1, 1]), new() { Sensitivity = 10_000 }).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static RuleTested Judge(TrainingWindow window, ExplodingGradientOptions? options = null) => WindowsOfRuns.Judge(new ExplodingGradient(options), window);
}
