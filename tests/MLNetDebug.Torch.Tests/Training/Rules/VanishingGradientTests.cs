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
    public void The_boundary_of_what_is_lost()
    {
        var stuck = Courses.Falling(100, 2.3, 2.3);
        Assert.HasCount(1, Judge(Courses.Of(stuck, gradients: [0.000999, 1, 1])).Findings);
        Assert.IsEmpty(Judge(Courses.Of(stuck, gradients: [0.001001, 1, 1])).Findings);
        Assert.HasCount(1, Judge(Courses.Of(stuck, gradients: [0.001001, 1, 1]), new() { LostShare = 0.0011 }).Findings);
        // It is lost where it starts to be, and on the way only: a layer in the middle is no path.
        Assert.AreEqual("fc1", Judge(Courses.Of(stuck, gradients: [1e-6, 0.1, 1])).Findings.Single().Subject.Name);
        Assert.IsEmpty(Judge(Courses.Of(stuck, gradients: [0.5, 1e-6, 1])).Findings);
        Assert.IsEmpty(Judge(Courses.Of(stuck, gradients: [1e-6, 1])).Findings, "Two layers are no way.");
    }

    [TestMethod]
    public void The_boundary_of_updates_that_move_nothing()
    {
        var falling = Courses.Falling(100, 2.3, 1.6);
        Assert.AreEqual(Severity.Info, Judge(Courses.Of(falling, update: 1e-5, gradients: [1e-8, 1e-7, 1])).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, Judge(Courses.Of(falling, update: Math.BitDecrement(1e-5), gradients: [1e-8, 1e-7, 1])).Findings.Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Courses.Of(falling, update: 5e-6, gradients: [1e-8, 1e-7, 1]), new() { UpdateRatio = 1e-6 }).Findings.Single().Severity);
        // Each of the layers before must stand still.
        var still = Courses.Of(falling, update: 5e-6, gradients: [1e-8, 1e-7, 1]);
        Assert.AreEqual(Severity.Info, Judge(still with { Parameters = [still.Parameters[0], still.Parameters[1] with { UpdateRatios = [1e-4, 1e-4] }, still.Parameters[2]] }).Findings.Single().Severity);
    }

    [TestMethod]
    public void The_boundaries_of_the_steps()
    {
        Assert.IsEmpty(Judge(Stuck(19)).Findings);
        Assert.AreEqual(Severity.Info, Judge(Stuck(20)).Findings.Single().Severity);
        Assert.IsEmpty(Judge(Stuck(20), new() { LeastSteps = 21 }).Findings);
        Assert.AreEqual(Severity.Info, Judge(Stuck(39)).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, Judge(Stuck(40)).Findings.Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Stuck(40), new() { StuckSteps = 41 }).Findings.Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Courses.Of([2, .. Enumerable.Repeat(0.95 * 2, 60)], gradients: [1e-8, 1e-7, 1])).Findings.Single().Severity, "It has begun to fall.");
    }

    [TestMethod]
    public void From_half_of_what_an_untrained_network_costs_on_it_has_come_through()
    {
        double[] To(double level) => [2, .. Enumerable.Repeat(level, 60)];
        Assert.HasCount(1, Judge(Courses.Of(To(1), gradients: [1e-8, 1e-7, 1])).Findings);
        Assert.IsEmpty(Judge(Courses.Of(To(Math.BitDecrement(1)), gradients: [1e-8, 1e-7, 1])).Findings);
    }

    [TestMethod]
    public void Options_are_heeded() => Assert.IsEmpty(Judge(Courses.Of(Courses.Falling(100, 2.3, 2.3), gradients: [1e-5, 1e-4, 1]), new() { LostShare = 1e-6 }).Findings);

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    private static TrainingWindow Stuck(int steps) => Courses.Of([.. Enumerable.Repeat(2.3, steps)], gradients: [1e-8, 1e-7, 1]);

    private static RuleTested Judge(TrainingWindow window, VanishingGradientOptions? options = null) => WindowsOfRuns.Judge(new VanishingGradient(options), window);
}
