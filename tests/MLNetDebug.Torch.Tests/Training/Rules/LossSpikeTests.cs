using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class LossSpikeTests
{
    [TestMethod]
    public void A_batch_far_above_the_others_is_named_with_its_step()
    {
        var finding = Judge(Spiked(40, 50, 60)).Findings.Single();
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.AreEqual(59, finding.Subject.Step);
        Assert.Contains("not taken yet", finding.Message);
    }

    [TestMethod]
    public void A_loss_alone_or_a_gradient_alone_is_no_spike()
    {
        Assert.IsEmpty(Judge(Spiked(40, 1, 60)).Findings);
        Assert.IsEmpty(Judge(Spiked(1, 50, 60)).Findings);
    }

    [TestMethod]
    public void Below_what_an_untrained_network_costs_nothing_is_lost() => Assert.IsEmpty(Judge(Spiked(2, 50, 60)).Findings);

    [TestMethod]
    public void Too_few_steps_before_are_silent()
    {
        Assert.IsEmpty(Judge(Spiked(40, 50, 15)).Findings);
        Assert.HasCount(1, Judge(Spiked(40, 50, 15), new() { LeastBefore = 10 }).Findings);
    }

    [TestMethod]
    public void The_boundaries_are_what_the_evidence_says()
    {
        double Evidence(TrainingWindow window, int number) => Judge(window).Findings.Single().Evidence[number].Value;
        // The loss is the one that stands out less, then the gradient.
        var (low, weak) = (Spiked(2.5, 1e12, 60), Spiked(1e6, 20, 60));
        foreach (var (window, z) in new[] { (low, Evidence(low, 0)), (weak, Evidence(weak, 1)) })
        {
            Assert.IsEmpty(Judge(window, new() { Deviations = z }).Findings);
            Assert.HasCount(1, Judge(window, new() { Deviations = Math.BitDecrement(z) }).Findings);
        }

        Assert.IsEmpty(Judge(weak, new() { GradientFactor = Evidence(weak, 2) }).Findings);
        Assert.HasCount(1, Judge(weak, new() { GradientFactor = Math.BitDecrement(Evidence(weak, 2)) }).Findings);
        Assert.IsEmpty(Judge(Spiked(40, 11, 60)).Findings, "The norms before have a median of 1.1.");
        Assert.HasCount(1, Judge(Spiked(40, 11.1, 60)).Findings);
        Assert.AreEqual(6, new LossSpikeOptions().Deviations);
    }

    [TestMethod]
    public void The_boundary_of_what_an_untrained_network_costs()
    {
        Assert.IsEmpty(Judge(Spiked(2.3, 50, 60)).Findings);
        Assert.HasCount(1, Judge(Spiked(Math.BitIncrement(2.3), 50, 60)).Findings);
        Assert.IsEmpty(Judge(Spiked(4, 50, 60), new() { Untrained = 2 }).Findings);
    }

    [TestMethod]
    public void The_boundary_of_the_steps_before()
    {
        Assert.IsEmpty(Judge(Spiked(40, 50, 20)).Findings);
        Assert.HasCount(1, Judge(Spiked(40, 50, 21)).Findings);
        Assert.IsEmpty(Judge(Spiked(40, 50, 21), new() { LeastBefore = 21 }).Findings);
    }

    [TestMethod]
    public void A_spike_that_lies_behind_is_found_later_and_says_what_came_of_it()
    {
        double[] norms = [.. Enumerable.Range(0, 70).Select(i => i == 60 ? 50 : 1 + (0.1 * (i % 3)))];
        double[] before = [2.3, .. Courses.Falling(59, 1, 1), 40];
        var over = Judge(Courses.Of([.. before, .. Courses.Falling(9, 1, 1)], norms: norms)).Findings.Single();
        Assert.AreEqual(60, over.Subject.Step);
        Assert.EndsWith("The loss came down again at once.", over.Message);
        Assert.EndsWith("The loss has not come down since.", Judge(Courses.Of([.. before, .. Courses.Falling(9, 30, 30)], norms: norms)).Findings.Single().Message);
        Assert.IsEmpty(Judge(Courses.Of([.. before, .. Courses.Falling(9, 1, 1)], norms: norms) with { IsBeforeUpdate = true }).Findings, "A step that can still be left out is judged for itself.");
    }

    [TestMethod]
    public void A_loss_that_climbs_is_no_spike()
    {
        TrainingWindow After(double last) => Spiked(40, 50, 60) is var w ? w with { Loss = w.Loss with { Recent = [.. w.Loss.Recent.SkipLast(2), last, 40] } } : w;
        Assert.IsEmpty(Judge(After(21)).Findings);
        Assert.HasCount(1, Judge(After(20)).Findings);
    }

    [TestMethod]
    public void Where_no_gradient_is_known_it_is_a_word()
    {
        var finding = Judge(Spiked(40, 50, 60) with { GradientNorms = [] }).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
    }

    [TestMethod]
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    /// <summary>Losses about 1 and norms about 1, the last one as given.</summary>
    private static TrainingWindow Spiked(double loss, double norm, int steps) => Courses.Of(
        [2.3, .. Courses.Falling(steps - 2, 1, 1), loss], norms: [.. Enumerable.Range(0, steps - 1).Select(i => 1 + (0.1 * (i % 3))), norm]) with
    { IsBeforeUpdate = true };


    private static RuleTested Judge(TrainingWindow window, LossSpikeOptions? options = null) => WindowsOfRuns.Judge(new LossSpike(options), window);
}
