using MLNetDebug.Guards;

namespace MLNetDebug.Tests.Guards.Observation;

[TestClass]
public sealed class FitMonitorTests
{
    private static readonly StopReason[] Wishes = [StopReason.StopRequested, StopReason.TimeBudget, StopReason.PassBudget];

    [TestMethod]
    public void The_first_wish_to_stop_stays()
    {
        foreach (var first in Wishes)
        {
            foreach (var later in Wishes)
                Assert.AreEqual(first, After(first, later));
        }
    }

    [TestMethod]
    [DataRow(nameof(StopReason.Cancelled))]
    [DataRow(nameof(StopReason.Diverged))]
    [DataRow(nameof(StopReason.GoBack))]
    public void What_ends_training_at_once_wins_over_a_wish_to_stop(string reason)
    {
        var strong = Enum.Parse<StopReason>(reason);
        foreach (var wish in Wishes)
        {
            Assert.AreEqual(strong, After(wish, strong));
            Assert.AreEqual(strong, After(strong, wish));
        }
    }

    [TestMethod]
    [DataRow(nameof(StopReason.Diverged))]
    [DataRow(nameof(StopReason.GoBack))]
    public void Who_cancelled_is_told_so_whatever_the_numbers_did_meanwhile(string reason)
    {
        var divergence = Enum.Parse<StopReason>(reason);
        Assert.AreEqual(StopReason.Cancelled, After(StopReason.Cancelled, divergence));
        Assert.AreEqual(StopReason.Cancelled, After(divergence, StopReason.Cancelled));
    }

    [TestMethod]
    public void Nothing_is_interrupted_until_something_asks_for_it()
    {
        var monitor = new FitMonitor(keepsModel: true);
        Assert.IsFalse(monitor.IsInterrupted);
        Assert.IsFalse(monitor.IsGraceful);
        Assert.AreEqual(StopReason.None, monitor.Reason);
        monitor.Interrupt(StopReason.TimeBudget);
        Assert.IsTrue(monitor.IsInterrupted);
    }

    [TestMethod]
    [DataRow(nameof(StopReason.StopRequested), true, true)]
    [DataRow(nameof(StopReason.TimeBudget), true, true)]
    [DataRow(nameof(StopReason.PassBudget), true, true)]
    [DataRow(nameof(StopReason.GoBack), true, true)]
    [DataRow(nameof(StopReason.Cancelled), true, false)]
    [DataRow(nameof(StopReason.Diverged), true, false)]
    [DataRow(nameof(StopReason.StopRequested), false, false)]
    [DataRow(nameof(StopReason.GoBack), false, false)]
    public void Rows_run_out_only_where_the_trainer_keeps_a_sound_model(string reason, bool keeps, bool graceful)
    {
        using var source = new CancellationTokenSource();
        var monitor = new FitMonitor(keeps, cancellation: source.Token);
        monitor.BeginPass(isShuffled: false);
        monitor.Interrupt(Enum.Parse<StopReason>(reason));
        Assert.AreEqual(graceful, monitor.IsGraceful);
        if (!graceful)
        {
            var e = Assert.ThrowsExactly<OperationCanceledException>(() => monitor.MayGoOn());
            Assert.AreEqual(source.Token, e.CancellationToken);
            Assert.AreEqual($"The guard ended training in pass 1: {reason}.", e.Message);
            return;
        }

        Assert.IsTrue(monitor.MayGoOn(), "Every row is seen once.");
        monitor.EndPass();
        Assert.IsFalse(monitor.MayGoOn());
    }

    [TestMethod]
    public void Passes_beyond_the_budget_interrupt()
    {
        var monitor = new FitMonitor(keepsModel: true, maxPasses: 2);
        monitor.BeginPass(isShuffled: false);
        monitor.BeginPass(isShuffled: true);
        Assert.IsFalse(monitor.IsInterrupted);
        monitor.BeginPass(isShuffled: true);
        Assert.AreEqual(StopReason.PassBudget, monitor.Reason);
        Assert.AreEqual(3, monitor.Passes);
        Assert.AreEqual(2, monitor.ShuffledPasses);
    }

    [TestMethod]
    public void Sums_and_reasons_hold_on_many_threads()
    {
        var monitor = new FitMonitor(keepsModel: true);
        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            monitor.BeginPass(i % 2 == 0);
            monitor.AddRows(3);
            monitor.Interrupt(i == 500 ? StopReason.Cancelled : i % 3 == 0 ? StopReason.Diverged : Wishes[i % 3]);
        });
        Assert.AreEqual((1000, 500, 3000L, StopReason.Cancelled), (monitor.Passes, monitor.ShuffledPasses, monitor.Rows, monitor.Reason));
    }

    private static StopReason After(params StopReason[] reasons)
    {
        var monitor = new FitMonitor(keepsModel: true);
        Array.ForEach(reasons, monitor.Interrupt);
        return monitor.Reason;
    }
}
