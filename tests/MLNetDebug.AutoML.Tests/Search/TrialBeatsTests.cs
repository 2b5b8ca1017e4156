using MLNetDebug.AutoML.Search;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class TrialBeatsTests
{
    [TestMethod]
    public async Task Beat_WaitsForTheOneBefore()
    {
        using var store = new SlowBeats();
        var options = new SweepOptions { Metric = SweepMetric.Accuracy, Heartbeat = TimeSpan.FromMilliseconds(10), HeartbeatExpiry = TimeSpan.FromSeconds(60) };
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, new TrialParameters([new(TrialParameters.LearningRateName, 0.1)]), 1, 20), "w")!;
        var run = new TrialRun(claim, options, store, new Rungs(options), () => { });
        var isKept = await run.RunAsync(
            async (_, token) =>
            {
                await store.Second.Task.WaitAsync(TimeSpan.FromSeconds(30), token);
                return new TrialOutcome(0.5);
            },
            new Dictionary<string, ChoiceOption>(), default);
        Assert.IsTrue(isKept);
        Assert.AreEqual(1, store.Most, "beats at a time");
    }

    /// <summary>A store that is in no hurry to take a beat.</summary>
    private sealed class SlowBeats : IStudyStore
    {
        private readonly MemoryStudyStore _store = new();
        private int _now;
        private int _count;

        public int Most { get; private set; }

        public TaskCompletionSource Second { get; } = new();

        public bool Beat(TrialClaim claim)
        {
            Most = Math.Max(Most, Interlocked.Increment(ref _now));
            Thread.Sleep(150);
            Interlocked.Decrement(ref _now);
            if (++_count == 2)
                Second.SetResult();
            return _store.Beat(claim);
        }

        public void Open(StudyDefinition definition) => _store.Open(definition);

        public IReadOnlyList<string> Studies() => _store.Studies();

        public StudySnapshot Read(string study) => _store.Read(study);

        public IReadOnlyList<TrialEvent> Events(string study) => _store.Events(study);

        public TrialClaim? TryAdd(string study, TrialPlan plan, string worker) => _store.TryAdd(study, plan, worker);

        public TrialClaim? TryTakeOver(string study, string worker, TimeSpan expiry) => _store.TryTakeOver(study, worker, expiry);

        public bool Report(TrialClaim claim, TrialPoint point) => _store.Report(claim, point);

        public bool Finish(TrialClaim claim, TrialEnd end) => _store.Finish(claim, end);

        public bool Release(TrialClaim claim) => _store.Release(claim);

        public void Dispose() => _store.Dispose();
    }
}
