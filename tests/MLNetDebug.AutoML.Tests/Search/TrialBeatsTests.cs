using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class TrialBeatsTests
{
    private static async Task<bool> Run(SlowBeats store, Func<CancellationToken, Task> until)
    {
        var options = new SweepOptions { Metric = SweepMetric.Accuracy, Heartbeat = TimeSpan.FromMilliseconds(10), HeartbeatExpiry = TimeSpan.FromSeconds(60) };
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, new TrialParameters([new(TrialParameters.LearningRateName, 0.1)]), 1, 20), "w")!;
        var run = new TrialRun(claim, options, store, new Rungs(options), () => { });
        return await run.RunAsync(
            async (_, token) =>
            {
                await until(token);
                return new TrialOutcome(0.5);
            },
            ChoiceTexts.None, default);
    }

    [TestMethod]
    public async Task Beat_WaitsForTheOneBefore()
    {
        using var store = new SlowBeats();
        Assert.IsTrue(await Run(store, token => store.Second.Task.WaitAsync(TimeSpan.FromSeconds(30), token)));
        Assert.AreEqual(1, store.Most, "beats at a time");
    }

    [TestMethod]
    public async Task Beat_ThatIsUnderWayIsWaitedFor_AndNoneComesAfterTheTrial()
    {
        using var store = new SlowBeats();
        // The trial ends in the middle of its first beat.
        Assert.IsTrue(await Run(store, token => store.First.Task.WaitAsync(TimeSpan.FromSeconds(30), token)));
        Assert.AreEqual(0, store.Now, "beats under way after the trial");
        var count = store.Count;
        await Task.Delay(100);
        Assert.AreEqual(count, store.Count, "beats after the trial");
    }

    /// <summary>A store that is in no hurry to take a beat.</summary>
    private sealed class SlowBeats : StudyStoreWrapper
    {
        private int _now;
        private int _count;

        public int Now => Volatile.Read(ref _now);

        public int Count => Volatile.Read(ref _count);

        public int Most { get; private set; }

        public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Second { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool Beat(TrialClaim claim)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref _now));
            var count = Interlocked.Increment(ref _count);
            if (count == 1)
                First.SetResult();
            Thread.Sleep(150);
            Interlocked.Decrement(ref _now);
            if (count == 2)
                Second.SetResult();
            return base.Beat(claim);
        }
    }
}
