using CsCheck;
using MLNetDebug.Guards;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class SignalLogTests
{
    [TestMethod]
    public void However_long_a_run_the_log_spans_it_evenly() => Gen.OneOf(Gen.Int[1, 200], Gen.Int[9_990, 10_010], Gen.Int[19_990, 45_000]).Sample(
        count =>
        {
            var log = Filled(count, out _);
            long[] steps = [.. log.Signals.Select(s => s.Step!.Value)];
            Assert.IsLessThan(SignalLog.MaxSignals, steps.Length);
            Assert.AreEqual(0, steps[0]);
            var stride = steps.Length > 1 ? steps[1] : 1;
            CollectionAssert.AreEqual(Enumerable.Range(0, steps.Length).Select(i => i * stride).ToArray(), steps);
            Assert.IsLessThan(stride, count - 1 - steps[^1], "The end of the run is there.");
            Assert.IsTrue(count < SignalLog.MaxSignals ? stride == 1 : steps.Length >= SignalLog.MaxSignals / 2);
        }, iter: 15, threads: 1);

    [TestMethod]
    public void Who_asked_is_told_of_every_signal_kept_or_not()
    {
        Filled(25_000, out var told);
        CollectionAssert.AreEqual(Enumerable.Range(0, 25_000).Select(i => (long)i).ToArray(), told);
    }

    [TestMethod]
    public void An_epochs_mean_loss_is_that_of_all_its_steps()
    {
        var log = Filled(25_000, out _);
        // Steps of an epoch of 1000 have the losses e, e + 1, ..., e + 999.
        for (var epoch = 0; epoch < 25; epoch++)
            Assert.AreEqual(epoch + 499.5, log.MeanLoss(epoch)!.Value, 1e-9);
        Assert.IsNull(log.MeanLoss(25));
    }

    [TestMethod]
    public void Steps_without_a_loss_are_no_part_of_a_mean()
    {
        var log = new SignalLog(null);
        log.Add(new FitSignal(TimeSpan.Zero) { Epoch = 0 });
        Assert.IsNull(log.MeanLoss(0));
        log.Add(new FitSignal(TimeSpan.Zero) { Epoch = 0, Loss = 4 });
        log.Add(new FitSignal(TimeSpan.Zero) { Loss = 100 });
        Assert.AreEqual(4.0, log.MeanLoss(0));
        log.Add(new FitSignal(TimeSpan.Zero) { Epoch = 0, Loss = double.NaN });
        Assert.IsTrue(double.IsNaN(log.MeanLoss(0)!.Value), "An epoch that was NaN once is no best one.");
        Assert.HasCount(4, log.Signals);
    }

    private static SignalLog Filled(int count, out List<long> told)
    {
        var steps = new List<long>();
        var log = new SignalLog(new Telling(s => steps.Add(s.Step!.Value)));
        for (var i = 0; i < count; i++)
            log.Add(new FitSignal(TimeSpan.Zero) { Step = i, Epoch = i / 1000, Loss = (i / 1000) + (i % 1000) });
        told = steps;
        return log;
    }

    private sealed class Telling(Action<FitSignal> tell) : IProgress<FitSignal>
    {
        public void Report(FitSignal value) => tell(value);
    }
}
