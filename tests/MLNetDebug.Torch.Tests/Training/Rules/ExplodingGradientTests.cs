using CsCheck;
using MLNetDebug.Torch.Networks;
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
    public void A_start_far_above_ignorance_does_not_hide_gradients_of_classes()
    {
        // 6.25 x 8 over ln 10 are more than 20, over the start of 40 far less.
        double[] losses = [40, .. Courses.Falling(99, 3, 2.4)];
        Assert.AreEqual(Confidence.Confirmed, Judge(Courses.Of(losses, gradients: [6.25, 1, 1])).Findings.Single().Confidence);
        var regression = Courses.Of(losses, gradients: [6.25, 1, 1]);
        Assert.IsEmpty(Judge(regression with { Loss = regression.Loss with { Kind = LossKind.MeanSquaredError } }).Findings, "Targets that lie off are no fault of the gradient.");
        // One row of a hundred is of the other class: a constant answer costs next to nothing, a guess ln 2.
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 0.69, 0.07), constant: 0.056, classes: 2, gradients: [0.5, 1, 1])).Findings);
    }

    [TestMethod]
    public void The_boundaries()
    {
        // The median of a gradient's last 20 norms is 1.05 of what is given.
        double AtSensitivity(double s) => s * 2.3 / 8 / 1.05;
        Assert.HasCount(1, Judge(Courses.Of(Courses.Falling(100, 2.3, 2.4), gradients: [AtSensitivity(20.01), 1, 1])).Findings);
        Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 2.4), gradients: [AtSensitivity(19.99), 1, 1])).Findings);
        Assert.HasCount(1, Judge(Jumping(3, 10.01)).Findings);
        Assert.IsEmpty(Judge(Jumping(2, 10.01)).Findings);
        Assert.IsEmpty(Judge(Jumping(3, 9.99)).Findings);
        Assert.HasCount(1, Judge(Jumping(3, 10.01, steps: 64)).Findings);
        Assert.IsEmpty(Judge(Jumping(3, 10.01, steps: 63)).Findings);
        // A deviation counts as 0.1 at least: ten times are ln 10 / 0.1 = 23 of them.
        Assert.HasCount(1, Judge(Jumping(3, 10.01), new() { Deviations = 23 }).Findings);
        Assert.IsEmpty(Judge(Jumping(3, 10.01), new() { Deviations = 23.1 }).Findings);
    }

    [TestMethod]
    public void Gradients_beyond_all_measure_are_warned_of_where_the_loss_lags()
    {
        // 100.1 and 99.9 with a loss of 60 % of a constant answer's; the same with one of 40 %, and after 39 steps.
        Assert.AreEqual(Severity.Warning, At(100.1, 0.6).Severity);
        Assert.AreEqual(Severity.Info, At(99.9, 0.6).Severity);
        Assert.AreEqual(Severity.Info, At(100.1, 0.4).Severity);
        Assert.AreEqual(Severity.Info, At(100.1, 0.6, 39).Severity);
        Finding At(double sensitivity, double level, int steps = 100) => Judge(Courses.Of([.. Enumerable.Repeat(2.3, 10), .. Enumerable.Repeat(2.3 * level, steps - 10)], gradients: [sensitivity * 2.3 / 8 / 1.05, 1, 1])).Findings.Single();
    }

    [TestMethod]
    public void Jumps_are_found_as_by_a_plain_search()
    {
        var found = 0;
        Gen.Select(Gen.Double[-1, 1].Array[50, 128], Gen.Int[0, 6], Gen.Double[1, 8]).Sample((logs, planted, by) => found += AgreesWithAPlainSearch([.. logs.Select((l, i) => Math.Exp(i >= logs.Length - planted ? l + by : l))]) ? 1 : 0, iter: 300);
        Assert.IsTrue(found is > 30 and < 270, $"{found}");
    }

    private static bool AgreesWithAPlainSearch(double[] norms)
    {
        double[] before = norms[..^20];
        var median = Robust.Median(before.Select(n => Math.Log(n)));
        var jumps = before.Length < 44 ? 0 : norms.TakeLast(20).Count(n => Math.Log(n) > median + Math.Log(2) && Robust.Z(Math.Log(n), [.. before.Select(b => Math.Log(b))], 0.1) > 3);
        var window = Courses.Of(Courses.Falling(norms.Length, 2.3, 2.4));
        window = window with { Parameters = [window.Parameters[0] with { GradientNorms = norms, Norm = 1e-3 }] };
        Assert.AreEqual(jumps >= 3, Judge(window, new() { Factor = 2, Deviations = 3 }).Findings.Any(f => f.Message.Contains("of the last 20 steps", StringComparison.Ordinal)));
        return jumps >= 3;
    }

    [TestMethod]
    public void Numbers_that_are_none_are_silent() => Assert.IsEmpty(Judge(Courses.Of([.. Enumerable.Repeat(double.NaN, 100)], constant: double.NaN, gradients: [double.NaN, double.NaN])).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    /// <summary>A layer whose gradient is so many times its usual norm of 1 at some of the last steps, with a loss that does not come down.</summary>
    private static TrainingWindow Jumping(int jumps, double by, int steps = 100)
    {
        var window = Courses.Of(Courses.Falling(steps, 2.3, 2.4));
        return window with { Parameters = [window.Parameters[0] with { GradientNorms = [.. Enumerable.Repeat(1.0, steps - jumps), .. Enumerable.Repeat(by, jumps)], Norm = 1e-3 }] };
    }

    private static RuleTested Judge(TrainingWindow window, ExplodingGradientOptions? options = null) => WindowsOfRuns.Judge(new ExplodingGradient(options), window);
}
