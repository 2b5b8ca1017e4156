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
    [DataRow(80, 0.6, 3, false)]
    [DataRow(80, 0.6, 1, false)]
    [DataRow(80, 0.4, 5, false)]
    [DataRow(30, 0.6, 5, false)]
    [DataRow(30, 0.97, 5, true)]
    [DataRow(15, 0.97, 5, false)]
    public void Weights_that_grew_at_once_while_the_loss_lags_behind_are_found(int steps, double share, double growth, bool expected) =>
        Assert.HasCount(expected ? 1 : 0, Judge(Courses.Of([2.3, .. Enumerable.Repeat(2.3 * share, steps - 1)], growth: growth)).Findings);

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
        TrainingWindow With(double rate) => window with { Optimizers = [window.Optimizers[0] with { Groups = [window.Optimizers[0].Groups[0] with { LearningRate = rate }] }] };
        Assert.Contains("negative", Judge(With(-0.1)).Findings.Single().Message);
        Assert.IsEmpty(Judge(With(0)).Findings);
    }

    [TestMethod]
    public void Options_are_heeded() => Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(60, 2.3, 9), update: 0.3), new() { UpdateRatio = 0.5 }).Findings);

    [TestMethod]
    public void The_boundaries_of_long_steps()
    {
        var blown = Courses.Falling(60, 2.3, 9);
        Assert.IsEmpty(Judge(Courses.Of(blown, update: 0.05)).Findings);
        Assert.HasCount(1, Judge(Courses.Of(blown, update: Math.BitIncrement(0.05))).Findings);
        // Two samples of three: never two in a row, and one that replaces the weights.
        Assert.IsEmpty(Judge(Updates(Courses.Of(blown), 1e-3, 0.9, 1e-3, 0.9, 1e-3)).Findings);
        Assert.IsEmpty(Judge(Updates(Courses.Of(blown), 1e-3, 1, 1e-3)).Findings);
        Assert.HasCount(1, Judge(Updates(Courses.Of(blown), 1e-3, Math.BitIncrement(1), 1e-3)).Findings);
        Assert.IsEmpty(Judge(Courses.Of(blown, growth: 2)).Findings);
        Assert.HasCount(1, Judge(Courses.Of(blown, growth: 2.0001)).Findings);
        Assert.IsEmpty(Judge(Courses.Of(blown, growth: 2.9), new() { Growth = 3 }).Findings);
        Assert.HasCount(1, Judge(Courses.Of(Courses.Falling(200, 2.3, 9), growth: 3)).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(201, 2.3, 9), growth: 3), new() { Climb = 1000 }).Findings);
        Assert.HasCount(1, Judge(Courses.Of(Courses.Falling(201, 2.3, 9), growth: 3), new() { Climb = 1000, GrowthSteps = 201 }).Findings);
    }

    [TestMethod]
    public void The_boundary_of_blown_up()
    {
        double[] Up(double to) => [2, .. Enumerable.Repeat(to, 30)];
        LearningRateTooLargeOptions alone = new() { Climb = 1000 };
        Assert.IsEmpty(Judge(Courses.Of(Up(4), update: 0.06, constant: 2), alone).Findings);
        Assert.HasCount(1, Judge(Courses.Of(Up(Math.BitIncrement(4)), update: 0.06, constant: 2), alone).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Up(4.1), update: 0.06, constant: 2), alone with { Blown = 3 }).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Up(5), update: 0.06, constant: 3), alone).Findings, "A constant answer costs more than the start.");
    }

    [TestMethod]
    public void A_loss_that_left_the_numbers_from_a_height_is_found()
    {
        Assert.Contains("left the numbers", Judge(Courses.Of([2, 3, 4, 4.1, double.NaN], constant: 2, growth: 3)).Findings.Single().Message);
        Assert.IsEmpty(Judge(Courses.Of([2, 3, 4, 4, double.NaN], constant: 2, growth: 3)).Findings, "Something else has ended a loss of its usual height.");
        // One step that replaces the weights, within the first ten.
        double[] Ends(int steps) => [.. Enumerable.Repeat(2.0, steps - 1), double.NaN];
        Assert.HasCount(1, Judge(Updates(Courses.Of(Ends(10)), Math.BitIncrement(1))).Findings);
        Assert.IsEmpty(Judge(Updates(Courses.Of(Ends(10), growth: 3), 1)).Findings);
        Assert.IsEmpty(Judge(Updates(Courses.Of(Ends(11)), 2)).Findings);
    }

    [TestMethod]
    public void The_boundary_of_a_climb()
    {
        TrainingWindow From(double best) => Courses.Of([.. Enumerable.Repeat(2.0, 60)], update: 0.06) is var w ? w with { Loss = w.Loss with { Best = best } } : w;
        Assert.IsEmpty(Judge(From(1 + 1e-9)).Findings);
        Assert.HasCount(1, Judge(From(1 - 1e-9)).Findings);
        Assert.IsEmpty(Judge(From(0.6), new() { Climb = 4 }).Findings);
    }

    [TestMethod]
    public void Below_half_of_what_an_untrained_network_costs_it_may_climb()
    {
        double[] To(double level) => [2, .. Enumerable.Repeat(0.2, 30), .. Enumerable.Repeat(level, 40)];
        Assert.IsEmpty(Judge(Courses.Of(To(1), update: 0.06)).Findings);
        Assert.HasCount(1, Judge(Courses.Of(To(Math.BitIncrement(1)), update: 0.06)).Findings);
    }

    [TestMethod]
    public void The_boundary_of_a_plateau()
    {
        Assert.IsEmpty(Judge(Courses.Of([.. Enumerable.Repeat(2.3, 19)], update: 2)).Findings);
        Assert.HasCount(1, Judge(Courses.Of([.. Enumerable.Repeat(2.3, 20)], update: 2)).Findings);
        Assert.IsEmpty(Judge(Courses.Of([.. Enumerable.Repeat(2.3, 20)], update: 2), new() { StuckSteps = 21 }).Findings);
        // It must be no better than 95 % of an untrained network, or after twice the steps than half of it; and the steps twice as long.
        Assert.IsEmpty(Judge(Courses.Of([2, .. Enumerable.Repeat(0.95 * 2, 38)], update: 2)).Findings);
        Assert.HasCount(1, Judge(Courses.Of([2, .. Enumerable.Repeat(0.95 * 2, 39)], update: 2)).Findings);
        Assert.IsEmpty(Judge(Courses.Of([2, .. Enumerable.Range(0, 59).Select(i => 1.8 - (i * 0.01))], update: 2)).Findings, "It still comes down.");
        Assert.IsEmpty(Judge(Courses.Of([2, .. Enumerable.Repeat(0.5 * 2, 60)], update: 2)).Findings);
        Assert.IsEmpty(Judge(Courses.Of([.. Enumerable.Repeat(2.3, 60)], update: 0.1)).Findings);
        Assert.HasCount(1, Judge(Courses.Of([.. Enumerable.Repeat(2.3, 60)], update: Math.BitIncrement(0.1))).Findings);
    }

    [TestMethod]
    public void The_boundary_of_a_zig_zag()
    {
        double[] losses = [.. Enumerable.Range(0, 32).Select(i => 2 + (i % 2 * 0.1) + (i % 3 * 0.03))];
        var swing = Series.ChangeCorrelation(losses);
        Assert.IsTrue(swing is < -0.8 and > -0.95, $"{swing}");
        Assert.HasCount(1, Judge(Courses.Of(losses, update: 0.06)).Findings);
        Assert.IsEmpty(Judge(Courses.Of(losses, update: 0.06), new() { ZigZag = swing }).Findings);
        Assert.HasCount(1, Judge(Courses.Of(losses, update: 0.06), new() { ZigZag = Math.BitIncrement(swing) }).Findings);
        Assert.IsEmpty(Judge(Courses.Of(losses[1..], update: 0.06)).Findings, "31 steps.");
        Assert.IsEmpty(Judge(Courses.Of([5, .. losses], update: 0.06, constant: 5)).Findings, "It swings below half of what an untrained network costs.");
    }

    [TestMethod]
    public void A_loss_that_climbs_part_by_part_is_suspected()
    {
        double[] climb = [.. Enumerable.Range(0, 80).Select(i => 1 + (1.6 * i / 79))];
        Assert.AreEqual(Confidence.Suspected, Judge(Courses.Of([2.3, .. climb])).Findings.Single().Confidence);
        Assert.IsEmpty(Judge(Courses.Of([.. climb[1..]])).Findings, "79 steps.");
        Assert.IsEmpty(Judge(Courses.Of([2.3, .. climb[20..40], .. climb[..20], .. climb[40..]])).Findings, "It went back and forth.");
    }

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static TrainingWindow Updates(TrainingWindow window, params double[] ratios) => window with { Parameters = [.. window.Parameters.Select(p => p with { UpdateRatios = ratios })] };

    private static RuleTested Judge(TrainingWindow window, LearningRateTooLargeOptions? options = null) => WindowsOfRuns.Judge(new LearningRateTooLarge(options), window);
}
