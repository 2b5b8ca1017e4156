using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class SweepTellerTests
{
    private static SweepTeller Teller(Store store, Action<SweepProgress> told)
    {
        store.Open(new StudyDefinition("s", "{}"));
        var options = new SweepOptions { Metric = SweepMetric.Accuracy, Progress = new Listener(told) };
        return new SweepTeller(options, store, "s", new BudgetCheck(options), store.Clock);
    }

    [TestMethod]
    public void TellAtTimes_TakesATenthOfTheTimeAtMost()
    {
        using var store = new Store { ReadTime = TimeSpan.FromSeconds(1) };
        var count = 0;
        var teller = Teller(store, _ => count++);
        for (var i = 0; i < 10_000; i++)
        {
            store.Clock.Now += TimeSpan.FromMilliseconds(10);
            teller.TellAtTimes();
        }

        // 100 s of training, each reading followed by 10 s without one.
        Assert.AreEqual(10, count);
    }

    [TestMethod]
    public void TellAtTimes_WhereReadingsAreQuick_TellsTenTimesASecondAtMost()
    {
        using var store = new Store();
        var count = 0;
        var teller = Teller(store, _ => count++);
        for (var i = 0; i < 1000; i++)
        {
            store.Clock.Now += TimeSpan.FromMilliseconds(1);
            teller.TellAtTimes();
        }

        Assert.IsTrue(count is >= 9 and <= 11, $"{count}");
    }

    [TestMethod]
    public void Tell_OutlivesAStoreThatCannotBeRead_AndTellsAgain()
    {
        using var store = new Store { Fails = true };
        var count = 0;
        var teller = Teller(store, _ => count++);
        teller.Tell();
        Assert.AreEqual(0, count);
        store.Fails = false;
        teller.Tell();
        Assert.AreEqual(1, count);
    }

    [TestMethod]
    public void Tell_ToAListenerThatThrows_EndsNothing_AndIsNotRepeated()
    {
        using var store = new Store();
        var count = 0;
        var teller = Teller(
            store,
            _ =>
            {
                count++;
                throw new InvalidOperationException("the console is gone");
            });
        teller.Tell();
        teller.Tell();
        teller.Tell(store.Read("s"));
        Assert.AreEqual(1, count);
    }

    private sealed class Listener(Action<SweepProgress> told) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => told(value);
    }

    private sealed class Store : StudyStoreWrapper
    {
        public HandClock Clock { get; } = new();

        public TimeSpan ReadTime { get; init; }

        public bool Fails { get; set; }

        public override StudySnapshot Read(string study)
        {
            Clock.Now += ReadTime;
            return Fails ? throw new IOException("locked") : base.Read(study);
        }
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
