using MLNetDebug.Torch.Training.Actions;
using MLNetDebug.Torch.Training.Signals;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class FirstUpdateTests
{
    [TestMethod]
    public void Usual_rates_are_usual_and_longer_updates_count_by_their_length()
    {
        var usual = TimesUsual("Adam", 3e-3);
        Assert.IsTrue(usual is > 0.2 and < 2, $"{usual}");
        Assert.AreEqual(50 * usual, TimesUsual("Adam", 0.15), 0.05 * usual);
    }

    [TestMethod]
    public void Momentum_that_has_yet_to_gather_is_reckoned_with() =>
        Assert.AreEqual(10, TimesUsual("Nesterov", 1e-3) / TimesUsual("SGD", 1.9e-3), 0.05);

    [TestMethod]
    public void Weights_of_zero_and_those_in_front_of_them_say_nothing()
    {
        var all = TimesUsual("Adam", 3e-3, steps: 11, m => nn.init.zeros_(Last(m).weight));
        Assert.IsTrue(double.IsNaN(all), $"{all}");
        var decayed = TimesUsual("AdamW", 3e-3, steps: 1, m => nn.init.constant_(Last(m).weight, 1e-12));
        Assert.IsTrue(decayed > 100, $"{decayed}");
    }

    [TestMethod]
    public void Before_a_step_was_sampled_and_after_a_rollback_nothing_is_known()
    {
        using var run = new GuardedRun(optimizer: "Adam");
        using var signals = new TrainingSignals(run.Model, [run.Optimizer], 10);
        Assert.IsTrue(double.IsNaN(FirstUpdate.TimesUsual(signals)));
        Steps(run, signals, 1);
        Assert.IsFalse(double.IsNaN(FirstUpdate.TimesUsual(signals)));
        signals.StartAnew();
        Assert.IsTrue(double.IsNaN(FirstUpdate.TimesUsual(signals)));
        Assert.IsFalse(FirstUpdate.IsLong(signals));
    }

    [TestMethod]
    [DataRow(3e-3, false)]
    [DataRow(0.3, true)]
    public void Long_is_what_no_good_rate_begins_with(double rate, bool expected)
    {
        using var run = new GuardedRun(optimizer: "Adam", rate: rate);
        using var signals = new TrainingSignals(run.Model, [run.Optimizer], 10);
        Steps(run, signals, 1);
        Assert.AreEqual(expected, FirstUpdate.IsLong(signals));
    }

    private static double TimesUsual(string optimizer, double rate, int steps = 1, Action<nn.Module>? prepare = null)
    {
        using var run = new GuardedRun(optimizer: optimizer, rate: rate);
        using (no_grad())
            prepare?.Invoke(run.Model);
        using var signals = new TrainingSignals(run.Model, [run.Optimizer], 10);
        Steps(run, signals, steps);
        return FirstUpdate.TimesUsual(signals);
    }

    private static Linear Last(nn.Module model) => model.modules().OfType<Linear>().Last();

    private static void Steps(GuardedRun run, TrainingSignals signals, int count)
    {
        for (var i = 0; i < count; i++)
        {
            signals.Begin([]);
            run.Plain(run.Batches[i % run.Batches.Length]);
            signals.AfterUpdate(true);
        }
    }
}
