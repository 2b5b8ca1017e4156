using MLNetDebug.AutoML.Search;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>What a probe does, and what becomes of its range test.</summary>
[TestClass]
public sealed class RangeTestRunTests
{
    private static readonly LearningRateBracket Bracket = new() { Moves = 0.01, Suggested = 0.1, Steps = 7 };

    private static async Task<TrialRecord> Run(Func<CancellationToken, LearningRateBracket> probe, CancellationToken token = default, MemoryStudyStore? store = null, Action<MemoryStudyStore>? begun = null, int beat = 600_000)
    {
        using var own = new MemoryStudyStore();
        store ??= own;
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.RangeTest, Trials.Parameters(0.1, 32), 1, 0), "w")!;
        begun?.Invoke(store);
        var options = new SweepOptions { Metric = SweepMetric.Loss, Probe = new Probe(probe), Heartbeat = TimeSpan.FromMilliseconds(beat), HeartbeatExpiry = TimeSpan.FromHours(1) };
        await RangeTestRun.RunAsync(claim, options, store, token);
        return store.Read("s").Trials[0];
    }

    [TestMethod]
    public async Task Run_KeepsTheBracket()
    {
        var trial = await Run(_ => Bracket);
        Assert.AreEqual((TrialState.Completed, 7L, 0.1), (trial.State, trial.Steps, trial.Bracket!.Suggested));
    }

    [TestMethod]
    public async Task Run_OfAProbeThatMisbehaves_HasFailed_WithASentence()
    {
        StringAssert.Contains((await Run(_ => null!)).Reason!, "gave no bracket");
        StringAssert.Contains((await Run(_ => Bracket with { Rates = null! })).Reason!, "both are expected");
        StringAssert.Contains((await Run(_ => Bracket with { Losses = null! })).Reason!, "both are expected");
        var thrown = await Run(_ => throw new InvalidOperationException(new string('x', 10_000)));
        Assert.AreEqual((TrialState.Failed, 2000), (thrown.State, thrown.Reason!.Length));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Run_WhenCancelled_IsGivenBack(bool throws)
    {
        using var cancel = new CancellationTokenSource();
        using var store = new MemoryStudyStore();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(
            _ =>
            {
                cancel.Cancel();
                return throws ? throw new InvalidOperationException("whatever") : Bracket;
            },
            cancel.Token,
            store));
        Assert.AreEqual(TrialState.Running, store.Read("s").Trials[0].State);
        Assert.AreEqual(0, store.TryTakeOver("s", "w", TimeSpan.FromHours(1))!.Deaths);
    }

    [TestMethod]
    public async Task Run_ThatHasLostItsTest_EndsItsProbe_AndWritesNothing()
    {
        var wasEnded = false;
        var trial = await Run(
            token =>
            {
                wasEnded = token.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                return Bracket;
            },
            begun: store =>
            {
                Thread.Sleep(2);
                store.Finish(store.TryTakeOver("s", "thief", TimeSpan.Zero)!, new TrialEnd(TrialState.Completed) { Bracket = Bracket, Steps = 99 });
            },
            beat: 10);
        Assert.IsTrue(wasEnded);
        Assert.AreEqual((99L, "thief"), (trial.Steps, trial.Worker));
    }

    private sealed class Probe(Func<CancellationToken, LearningRateBracket> probe) : ILearningRateProbe
    {
        LearningRateBracket ILearningRateProbe.Probe(LearningRateProbeRequest request, CancellationToken cancellationToken) => probe(cancellationToken);
    }
}
