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
    public void Training_rows_that_are_learned_while_held_out_rows_know_nothing_are_found()
    {
        var finding = Judge(Memorising(0.12, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.Contains("held-out rows know nothing of it: their loss is 2.7", finding.Message);
        Assert.AreEqual(Severity.Info, Judge(Memorising(399, 0.12, [2.3, 2.32, 2.4, 2.5, 2.6, 2.7])).Findings.Single().Severity, "It is early.");
    }

    [TestMethod]
    public void Held_out_losses_that_cannot_be_held_against_a_constant_answer_are_silent()
    {
        var window = Memorising(0.12, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7);
        TrainingWindow With(Func<ValidationRecord, ValidationRecord> change) => window with { Epochs = [.. window.Epochs.Select(e => e with { Validation = change(e.Validation!) })] };
        Assert.HasCount(1, Judge(With(v => v)).Findings);
        Assert.IsEmpty(Judge(With(v => v with { MajorityShare = double.NaN, LabelEntropy = double.NaN, Accuracy = double.NaN })).Findings, "Targets that are no classes, or in other units.");
        Assert.IsEmpty(Judge(With(v => v with { Accuracy = double.NaN })).Findings);
        Assert.IsEmpty(Judge(With(v => v with { Rows = 0 })).Findings);
        // Classes that were balanced for training only: 10 % of 2.3.
        Assert.HasCount(1, Judge(With(v => v with { LabelEntropy = 2.08 })).Findings);
        Assert.IsEmpty(Judge(With(v => v with { LabelEntropy = 2.06 })).Findings);
    }

    [TestMethod]
    public void Held_out_rows_that_were_once_answered_better_or_get_better_still_are_silent()
    {
        Assert.IsEmpty(Judge(Memorising(0.12, 2.3, 2.1, 2.4, 2.5, 2.6, 2.7)).Findings, "One epoch had learned something.");
        Assert.IsEmpty(Judge(Memorising(0.12, 2.9, 2.8, 2.7, 2.6, 2.5, 2.4)).Findings, "The held-out loss is coming down.");
        Assert.IsEmpty(Judge(Memorising(0.6, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7)).Findings, "Most answers are right: it is confidence that fails (MLD401).");
        Assert.IsEmpty(Judge(Memorising(0.12, 2.3, 2.32, 2.4, 2.6)).Findings, "Four epochs are too few.");
        Assert.IsEmpty(Judge(Memorising(0.12, 2.2, 2.22, 2.24, 2.25, 2.26, 2.29)).Findings, "No worse than a constant answer.");
    }

    [TestMethod]
    public void The_boundaries_of_what_was_transferred()
    {
        // The training loss, then the held-out loss, on both sides of 5 % below a constant answer's.
        Assert.HasCount(1, Judge(Memorising(0.12, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7), new() { Transfer = 0.34 }).Findings);
        Assert.IsEmpty(Judge(Memorising(0.12, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7), new() { Transfer = 0.36 }).Findings);
        Assert.HasCount(1, Judge(Memorising(0.12, 2.19, 2.32, 2.4, 2.5, 2.6, 2.7)).Findings);
        Assert.IsEmpty(Judge(Memorising(0.12, 2.18, 2.32, 2.4, 2.5, 2.6, 2.7)).Findings);
        // 12 % of 400 rows and three standard errors are 16.87 %.
        Assert.HasCount(1, Judge(Memorising(0.168, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7)).Findings);
        Assert.IsEmpty(Judge(Memorising(0.169, 2.3, 2.32, 2.4, 2.5, 2.6, 2.7)).Findings);
    }

    [TestMethod]
    public void The_boundaries_of_a_plateau()
    {
        var alike = new OutputTrack { Samples = 20, Rows = 32, Width = 10, RowSpread = 0.001 };
        TrainingWindow At(double level, int steps = 300) => Courses.Of([.. Enumerable.Repeat(level, steps)]) with { Output = alike };
        Assert.HasCount(1, Judge(At(2.3 * 1.019)).Findings);
        Assert.IsEmpty(Judge(At(2.3 * 0.979)).Findings);
        Assert.HasCount(1, Judge(At(2.3 * 0.979), new() { Constant = 0.03 }).Findings);
        Assert.HasCount(1, Judge(At(2.3, 200)).Findings);
        Assert.IsEmpty(Judge(At(2.3, 199)).Findings);
        // Halves of the last 128 steps that differ by 1.9 % and 2.1 %: a step up, so that no slope counts as a fall.
        TrainingWindow Stepped(double by) => Courses.Of([.. Enumerable.Repeat(2.3 / (1 + (by / 2)), 236), .. Enumerable.Repeat(2.3 * (1 + (by / 2)), 64)]) with { Output = alike };
        Assert.HasCount(1, Judge(Stepped(0.019)).Findings);
        Assert.IsEmpty(Judge(Stepped(0.021)).Findings);
        Assert.HasCount(1, Judge(At(2.3) with { Epochs = Courses.Epochs(0.1, 2.3, 2.3, 2.3, 2.3, 2.3) }).Findings);
        Assert.IsEmpty(Judge(At(2.3) with { Epochs = Courses.Epochs(0.1, 2.3, 2.3, 2.3, 2.3) }).Findings);
    }

    [TestMethod]
    public void The_boundary_of_a_floor()
    {
        var floor = Math.Log(1 + (9 / Math.E));
        TrainingWindow At(double level)
        {
            var window = Courses.Of([2.3, .. Enumerable.Repeat(level, 299)]) with { Output = new() { Samples = 20, Rows = 32, Width = 10, Min = 0, Max = 1, IsProbabilities = true, IsInUnitInterval = true, RowSpread = 0.4 } };
            return window with { Loss = window.Loss with { Least = floor } };
        }

        Assert.HasCount(1, Judge(At(1.099 * floor)).Findings);
        Assert.IsEmpty(Judge(At(1.101 * floor)).Findings);
    }

    [TestMethod]
    public void A_loss_that_is_where_it_began_is_worth_a_word_and_with_time_a_warning()
    {
        TrainingWindow Run(int steps) => Courses.Of([.. Enumerable.Repeat(5.0, steps)], constant: double.NaN);
        var finding = Judge(Run(300)).Findings.Single();
        Assert.AreEqual((Severity.Info, Confidence.Suspected), (finding.Severity, finding.Confidence));
        Assert.Contains("where it began at 5", finding.Message);
        Assert.AreEqual(Severity.Warning, Judge(Run(400)).Findings.Single().Severity);
    }

    [TestMethod]
    public void A_network_of_which_some_weights_move_is_no_matter_of_the_optimizer()
    {
        var window = Courses.Of(Courses.Falling(60, 2.3, 2.3), update: 0);
        Assert.IsEmpty(Judge(window with { Parameters = [window.Parameters[0] with { UpdateRatios = [1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3] }, .. window.Parameters.Skip(1)] }).Findings);
        Assert.IsEmpty(Judge(window with { Parameters = [.. window.Parameters.Select(p => p with { GradientNorms = [0, 0, 0] })] }).Findings, "Without gradients there is nothing to move by.");
        Assert.IsEmpty(Judge(window with { Parameters = [.. window.Parameters.Select(p => p with { Norm = p.Norm * 1.001 })] }).Findings, "They have moved at steps that were not sampled: gradients were accumulated.");
    }

    [TestMethod]
    public void Numbers_that_are_none_are_silent() => Assert.IsEmpty(Judge(Courses.Of([.. Enumerable.Repeat(double.NaN, 400)], update: double.NaN, constant: double.NaN)).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    /// <summary>A training loss that falls to 65 % of a constant answer's, and held-out rows.</summary>
    private static TrainingWindow Memorising(double accuracy, params double[] heldOut) => Memorising(400, accuracy, heldOut);

    private static TrainingWindow Memorising(int steps, double accuracy, double[] heldOut) => Courses.Of(Courses.Falling(steps, 2.3, 1.5)) with { Epochs = Courses.Epochs(accuracy, heldOut) };

    private static RuleTested Judge(TrainingWindow window, NotLearningOptions? options = null) => WindowsOfRuns.Judge(new NotLearning(options), window);
}
