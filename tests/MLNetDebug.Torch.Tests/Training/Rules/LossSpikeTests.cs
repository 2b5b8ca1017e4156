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
    public void Of_a_run_of_which_nothing_is_known_nothing_is_said() => Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);

    /// <summary>Losses about 1 and norms about 1, the last one as given.</summary>
    private static TrainingWindow Spiked(double loss, double norm, int steps) => Courses.Of(
        [2.3, .. Courses.Falling(steps - 2, 1, 1), loss], norms: [.. Enumerable.Range(0, steps - 1).Select(i => 1 + (0.1 * (i % 3))), norm]) with
    { IsBeforeUpdate = true };


    private static RuleTested Judge(TrainingWindow window, LossSpikeOptions? options = null) => WindowsOfRuns.Judge(new LossSpike(options), window);
}
