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
    public void The_boundaries_of_saturated()
    {
        // A constant answer costs 2.5, a guess among ten classes 2.3: huge begins above 5.
        Assert.IsEmpty(Judge(Saturated(20, 5, 30, 0.1)).Findings);
        Assert.HasCount(1, Judge(Saturated(20, Math.BitIncrement(5), 30, 0.1)).Findings);
        var high = Saturated(20, 7, 30, 0.1);
        Assert.IsEmpty(Judge(high with { Loss = high.Loss with { First = 5 } }).Findings);
        Assert.IsEmpty(Judge(high with { Loss = high.Loss with { Recent = [7, .. Enumerable.Repeat(5.0, 19)] } }).Findings);
        Assert.IsEmpty(Judge(Saturated(20, 7, 30, 0.1), new() { Huge = 3 }).Findings);
        Assert.HasCount(1, Judge(Saturated(50, 40, 30, 0.1)).Findings);
        Assert.IsEmpty(Judge(Saturated(51, 40, 30, 0.1)).Findings);
        Assert.IsEmpty(Judge(Saturated(20, 40, 16.6, 0)).Findings);
        Assert.AreEqual(Confidence.Suspected, Judge(Saturated(20, 40, Math.BitIncrement(16.6), 0)).Findings.Single().Confidence);
        Assert.IsEmpty(Judge(Saturated(20, 40, 20, 0), new() { Margin = 20 }).Findings);
        Assert.AreEqual(Confidence.Suspected, Judge(Saturated(20, 40, 1, 0.01)).Findings.Single().Confidence);
    }

    [TestMethod]
    public void Where_a_class_is_rare_what_a_guess_costs_counts()
    {
        Assert.IsEmpty(Judge(Saturated(20, 1.38, 30, 0.1, constant: 0.1, classes: 2)).Findings);
        Assert.HasCount(1, Judge(Saturated(20, 1.39, 30, 0.1, constant: 0.1, classes: 2)).Findings);
    }

    [TestMethod]
    public void A_loss_that_rose_from_a_usual_height_was_not_saturated_from_the_start()
    {
        var window = Saturated(20, 40, 30, 0.1);
        Assert.IsEmpty(Judge(window with { Loss = window.Loss with { First = 2.3 } }).Findings);
        Assert.IsEmpty(Judge(window with { Loss = window.Loss with { Recent = [40, .. Enumerable.Repeat(2.0, 19)] } }).Findings, "It has come down.");
    }

    [TestMethod]
    public void The_boundaries_of_collapsed()
    {
        Assert.IsEmpty(Judge(Collapsed(99, 0.05)).Findings);
        Assert.HasCount(1, Judge(Collapsed(100, 0.05)).Findings);
        Assert.IsEmpty(Judge(Collapsed(100, 0.05), new() { LeastSteps = 101 }).Findings);
        // A constant answer costs 2.
        Assert.IsEmpty(Judge(Collapsed(300, 0.1)).Findings);
        Assert.HasCount(1, Judge(Collapsed(300, Math.BitDecrement(0.1))).Findings);
        Assert.IsEmpty(Judge(Collapsed(300, 0.05), new() { Collapsed = 0.02 }).Findings);
        Assert.IsEmpty(Judge(Collapsed(300, -0.01)).Findings, "A negative loss is another fault.");
    }

    [TestMethod]
    public void The_boundaries_of_a_guess()
    {
        var bar = 0.12 + (3 * Math.Sqrt(0.12 * (1 - 0.12) / 400));
        Assert.HasCount(1, Judge(Collapsed(300, 0.05, accuracy: bar)).Findings);
        Assert.IsEmpty(Judge(Collapsed(300, 0.05, accuracy: Math.BitIncrement(bar)), new() { LeastSkill = 0 }).Findings);
        Assert.HasCount(1, Judge(Collapsed(300, 0.05, accuracy: Math.BitIncrement(bar)), new() { Errors = 4, LeastSkill = 0 }).Findings);
        Assert.HasCount(1, Judge(Collapsed(300, 0.05, rows: 20)).Findings);
        Assert.IsEmpty(Judge(Collapsed(300, 0.05, rows: 19)).Findings);
        Assert.HasCount(1, Judge(Collapsed(300, 0.05, rows: 19), new() { LeastRows = 19 }).Findings);
        Assert.HasCount(1, Judge(Collapsed(300, 0.05, accuracy: double.NaN)).Findings, "Where no accuracy is known the loss speaks alone.");
    }

    [TestMethod]
    public void What_was_better_once_or_was_asked_too_seldom_is_silent()
    {
        Assert.IsEmpty(Judge(Collapsed(300, 0.05) with { Epochs = Courses.Epochs(0.11, 3, 4) }).Findings);
        Assert.HasCount(1, Judge(Collapsed(300, 0.05) with { Epochs = Courses.Epochs(0.11, 3, 0.95 * 2.3, 4) }).Findings);
        Assert.IsEmpty(Judge(Collapsed(300, 0.05) with { Epochs = Courses.Epochs(0.11, 3, Math.BitDecrement(0.95 * 2.3), 4) }).Findings);
        Assert.IsEmpty(Judge(Collapsed(300, 0.05) with { Epochs = Courses.Epochs(0.11, 3, 4, 2.29) }).Findings);
        var lost = Judge(Collapsed(300, 0.05) with { Epochs = Courses.Epochs(0.11, 3, 4, double.NaN) });
        Assert.IsEmpty(lost.Findings);
        Assert.HasCount(1, lost.NotChecked);
    }

    [TestMethod]
    public void A_leak_that_helped_held_out_rows_for_an_epoch_is_found()
    {
        // Half the way from 12 % to all is 56 %.
        TrainingWindow Leaked(double accuracy, params double[] heldOut) => Courses.Of(Courses.Falling(300, 2.3, 0.001)) with { Epochs = Courses.Epochs(accuracy, heldOut) };
        var finding = Judge(Leaked(0.33, 1.5, 2.9, 3.2, 3.5)).Findings.Single();
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.Contains("hold an answer that others do not", finding.Message);
        Assert.HasCount(1, Judge(Leaked(Math.BitDecrement(0.56), 1.5, 2.9, 3.2, 3.5)).Findings);
        Assert.IsEmpty(Judge(Leaked(0.56, 1.5, 2.9, 3.2, 3.5)).Findings);
        Assert.HasCount(1, Judge(Leaked(0.56, 1.5, 2.9, 3.2, 3.5), new() { LeastSkill = 0.51 }).Findings);
        Assert.IsEmpty(Judge(Leaked(0.33, 1.5, 2.29, 3.2, 3.5)).Findings, "Two validations are too few.");
        Assert.HasCount(1, Judge(Leaked(0.33, 1.5, 2.3, 3.2, 3.5)).Findings);
        Assert.IsEmpty(Judge(Leaked(double.NaN, 1.5, 2.9, 3.2, 3.5)).Findings, "No accuracy is known.");
    }

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    /// <summary>Steps of one loss.</summary>
    private static TrainingWindow Saturated(int steps, double loss, double margin, double zeros, double constant = 2.5, int classes = 10) => Courses.Of([.. Enumerable.Repeat(loss, steps)], constant: constant, classes: classes) with
    {
        Output = new() { Samples = 2, Rows = 32, Width = classes, MedianMargin = margin, ZeroLossShare = zeros },
    };

    /// <summary>A run that comes down to a level, its held-out rows guessed.</summary>
    private static TrainingWindow Collapsed(int steps, double level, double accuracy = 0.11, long rows = 400) => Courses.Of([.. Courses.Falling(steps - 10, 2.3, 0.2), .. Enumerable.Repeat(level, 10)], constant: 2) with
    {
        Epochs = [.. Courses.Epochs(accuracy, 2.4, 3, 4).Select(e => e with { Validation = e.Validation! with { Rows = rows } })],
    };

    private static RuleTested Judge(TrainingWindow window, LossCollapseOptions? options = null) => WindowsOfRuns.Judge(new LossCollapse(options), window);
}
