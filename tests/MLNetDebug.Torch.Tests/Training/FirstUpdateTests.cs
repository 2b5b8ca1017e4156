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
    }

    [TestMethod]
    public void One_weight_that_starts_small_does_not_make_the_others_long()
    {
        var small = TimesUsual("Adam", 3e-3, steps: 1, m => nn.init.normal_(Last(m).weight, 0, 1e-4));
        Assert.IsTrue(small < 3, $"{small}");
    }

    [TestMethod]
    public void Of_momentum_that_was_put_back_with_the_run_nothing_is_left_to_gather()
    {
        using var run = new GuardedRun(optimizer: "SGD", rate: 1e-3);
        using var signals = new TrainingSignals(run.Model, [run.Optimizer], 10);
        foreach (var group in run.Optimizer.ParamGroups.OfType<SGD.ParamGroup>())
            ((SGD.Options)group.Options).momentum = 0.9;
        Steps(run, signals, 1);
        var first = FirstUpdate.TimesUsual(signals) * 0.1;
        signals.StartAnew(500);
        Steps(run, signals, 10);
        Assert.AreEqual(500 + 1, signals.FirstSampledUpdate, 9);
        Assert.IsTrue(FirstUpdate.TimesUsual(signals) < 5 * first, $"{FirstUpdate.TimesUsual(signals)} beside {first}");
    }

    [TestMethod]
    public void Before_a_step_was_sampled_and_after_a_rollback_nothing_is_known()
    {
        using var run = new GuardedRun(optimizer: "Adam");
        using var signals = new TrainingSignals(run.Model, [run.Optimizer], 10);
        Assert.IsTrue(double.IsNaN(FirstUpdate.TimesUsual(signals)));
        Steps(run, signals, 1);
        Assert.IsFalse(double.IsNaN(FirstUpdate.TimesUsual(signals)));
        signals.StartAnew(0);
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
            signals.AfterBackward(1, null, null);
            signals.AfterUpdate(true);
        }
    }
}
