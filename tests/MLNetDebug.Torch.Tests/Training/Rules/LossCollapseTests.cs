using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class LossCollapseTests
{
    [TestMethod]
    public void Rows_known_by_heart_are_found_where_others_are_guessed()
    {
        var finding = Judge(Courses.Of(Courses.Falling(300, 2.3, 0.001)) with { Epochs = Courses.Epochs(0.11, 2.4, 3, 4, 6) }).Findings.Single();
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.Contains("by heart", finding.Message);
    }

    [TestMethod]
    public void What_others_are_answered_by_was_learned()
    {
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(300, 2.3, 0.001)) with { Epochs = Courses.Epochs(0.9, 1, 0.5, 0.4, 0.4) }).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(300, 2.3, 0.001)) with { Epochs = Courses.Epochs(0.8, 2.4, 3, 4, 6) }).Findings, "Sure and mostly right is another rule's question.");
    }

    [TestMethod]
    public void Without_held_out_rows_it_is_not_checked()
    {
        var tested = Judge(Courses.Of(Courses.Falling(300, 2.3, 0.001)));
        Assert.IsEmpty(tested.Findings);
        Assert.HasCount(1, tested.NotChecked);
    }

    [TestMethod]
    public void Saturated_from_the_start_is_found_before_step_50_only()
    {
        var output = new OutputTrack { Samples = 2, Rows = 32, Width = 10, MedianMargin = 30, ZeroLossShare = 0.1 };
        Assert.AreEqual(Confidence.Confirmed, Judge(Courses.Of(Courses.Falling(20, 40, 30)) with { Output = output }).Findings.Single().Confidence);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(60, 40, 30)) with { Output = output }).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(20, 40, 30)) with { Output = output }, new() { StartSteps = 10 }).Findings);
    }

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static RuleTested Judge(TrainingWindow window, LossCollapseOptions? options = null) => WindowsOfRuns.Judge(new LossCollapse(options), window);
}
