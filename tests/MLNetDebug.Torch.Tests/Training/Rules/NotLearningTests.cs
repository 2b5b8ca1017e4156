using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class NotLearningTests
{
    [TestMethod]
    public void A_loss_at_the_floor_of_two_softmaxes_names_them()
    {
        var window = Courses.Of([2.3, .. Courses.Falling(299, 1.5, 1.5)], constant: 2.3) with { Output = new() { Samples = 20, Rows = 32, Width = 10, Min = 0, Max = 1, IsProbabilities = true, IsInUnitInterval = true, RowSpread = 0.4 } };
        var finding = Judge(window with { Loss = window.Loss with { Least = 1.47 } }).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("softmax", finding.Message);
    }

    [TestMethod]
    public void A_loss_at_the_entropy_of_the_labels_is_one_answer_for_all()
    {
        var finding = Judge(Courses.Of(Courses.Falling(300, 2.3, 2.3)) with { Output = new() { Samples = 20, Rows = 32, Width = 10, RowSpread = 0.001 } }).Findings.Single();
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.Contains("every row alike", finding.Message);
    }

    [TestMethod]
    public void An_optimizer_that_moves_nothing_is_named()
    {
        var finding = Judge(Courses.Of(Courses.Falling(60, 2.3, 2.3), update: 0)).Findings.Single();
        Assert.Contains("moves none", finding.Message);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(20, 2.3, 2.3), update: 0)).Findings, "Two samples are too few.");
    }

    [TestMethod]
    public void A_loss_that_falls_or_a_short_run_is_silent()
    {
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(300, 2.3, 0.4))).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(150, 2.3, 2.3))).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(300, 2.3, 2.3)), new() { LeastSteps = 400 }).Findings);
    }

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static RuleTested Judge(TrainingWindow window, NotLearningOptions? options = null) => WindowsOfRuns.Judge(new NotLearning(options), window);
}
