using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>What a body does, and what becomes of its trial.</summary>
[TestClass]
public sealed class TrialRunTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Epochs = 20, Heartbeat = TimeSpan.FromMinutes(10), HeartbeatExpiry = TimeSpan.FromHours(1) };

    private static readonly ChoiceTexts None = ChoiceTexts.None;

    private static async Task<TrialRecord> RunTask(TrialBody body)
    {
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20), "w")!;
        await new TrialRun(claim, Options, store, new Rungs(Options), () => { }).RunAsync(body, None, default);
        return store.Read("s").Trials[0];
    }

    private static async Task<(TrialRecord Trial, TrialRun Run, bool IsOurs)> Run(Func<TrialContext, TrialOutcome> body, SweepOptions? options = null, Action<MemoryStudyStore>? before = null, CancellationToken token = default)
    {
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        before?.Invoke(store);
        var claim = store.TryAdd("s", new TrialPlan(store.Read("s").Trials.Count, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20), "w")!;
        var run = new TrialRun(claim, options ?? Options, store, new Rungs(options ?? Options), () => { });
        var isOurs = await run.RunAsync((trial, _) => Task.FromResult(body(trial)), None, token);
        return (store.Read("s").Trials[^1], run, isOurs);
    }

    /// <summary>Trials that stand better at the first rung.</summary>
    private static void Better(MemoryStudyStore store) => Better(store, 2);

    private static void Better(MemoryStudyStore store, int epochs)
    {
        for (var i = 0; i < 3; i++)
        {
            var claim = store.TryAdd("s", new TrialPlan(i, TrialKind.Search, Trials.Parameters(0.2, 32), 1, 20), "w")!;
            for (var epoch = 1; epoch <= epochs; epoch++)
                store.Report(claim, new TrialPoint(epoch, 0.9, epoch));
            store.Finish(claim, new TrialEnd(TrialState.Completed) { Metric = 0.9 });
        }
    }

    [TestMethod]
    public async Task Run_KeepsWhatTheOutcomeSays()
    {
        var (trial, run, isOurs) = await Run(_ => new TrialOutcome(0.7) { TestMetric = 0.6, Steps = 12 });
        Assert.AreEqual((TrialState.Completed, 0.7, 0.6, 12L, true, 0.7), (trial.State, trial.Metric, trial.TestMetric, trial.Steps, isOurs, run.Metric));
    }

    [TestMethod]
    public async Task Run_OfABodyThatWrapsItsEnd_IsStillPruned()
    {
        var (trial, _, _) = await Run(
            t =>
            {
                try
                {
                    t.Report(1, 0.1, 5);
                    t.Report(2, 0.1, 10);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException("wrapped", e);
                }

                return new TrialOutcome(0.1);
            },
            before: Better);
        Assert.AreEqual((TrialState.Pruned, 0.1, 10L), (trial.State, trial.Metric, trial.Steps));
        StringAssert.Contains(trial.Reason!, "stand better");
    }

    [TestMethod]
    public async Task Run_OfABodyThatGoesOnThoughPruned_IsPruned_AndItsModelDisposed()
    {
        var model = new KeptModelsTests.Model();
        var (trial, run, _) = await Run(
            t =>
            {
                for (var epoch = 1; epoch <= 4; epoch++)
                {
                    try
                    {
                        t.Report(epoch, 0.1);
                    }
                    catch (TrialPrunedException)
                    {
                    }
                }

                return new TrialOutcome(0.99) { Model = model };
            },
            before: Better);
        Assert.AreEqual(TrialState.Pruned, trial.State);
        Assert.AreEqual((1, null), (model.Disposals, run.Model));
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public async Task Run_WhoseMetricIsNone_HasFailed(double metric)
    {
        var (reported, _, _) = await Run(t =>
        {
            t.Report(1, 0.4);
            t.Report(2, metric);
            return new TrialOutcome(0.9);
        });
        Assert.AreEqual((TrialState.Failed, double.NaN, 2), (reported.State, reported.Metric, reported.Points.Count));
        StringAssert.Contains(reported.Reason!, "after epoch 2");
        Assert.AreEqual(RuleIds.DeadModel, reported.Findings.Single().RuleId);
        var model = new KeptModelsTests.Model();
        Assert.AreEqual(TrialState.Failed, (await Run(_ => new TrialOutcome(metric) { Model = model })).Trial.State);
        Assert.AreEqual(1, model.Disposals);
    }

    [TestMethod]
    [DataRow(0.2, TrialState.Failed)]
    [DataRow(0.2001, TrialState.Completed)]
    public async Task Run_MustBeBetterThanAConstant(double metric, TrialState expected) =>
        Assert.AreEqual(expected, (await Run(_ => new TrialOutcome(metric), Options with { Baseline = 0.2 })).Trial.State);

    [TestMethod]
    public async Task Run_OfABodyThatMisbehaves_HasFailed_WithASentence()
    {
        StringAssert.Contains((await Run(_ => null!)).Trial.Reason!, "no outcome");
        StringAssert.Contains((await RunTask((_, _) => null!)).Reason!, "no task");
        StringAssert.Contains((await Run(_ => throw new InvalidOperationException(new string('x', 10_000)))).Trial.Reason!, "InvalidOperationException: xxx");
        Assert.HasCount(2000, (await Run(_ => throw new InvalidOperationException(new string('x', 10_000)))).Trial.Reason!);
        StringAssert.Contains((await Run(_ => throw new OperationCanceledException("of its own"))).Trial.Reason!, "of its own");
        StringAssert.Contains(
            (await Run(t =>
            {
                t.Report(3, 0.5);
                t.Report(3, 0.5);
                return new TrialOutcome(0.5);
            })).Trial.Reason!,
            "Epoch 3 was reported after epoch 3");
        StringAssert.Contains(
            (await Run(t =>
            {
                t.Report(0, 0.5);
                return new TrialOutcome(0.5);
            })).Trial.Reason!,
            "epoch");
    }

    [TestMethod]
    public async Task Run_WhenCancelled_LeavesItsTrialForTheNext()
    {
        using var cancel = new CancellationTokenSource();
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20), "w")!;
        var run = new TrialRun(claim, Options, store, new Rungs(Options), () => { });
        await Assert.ThrowsAsync<OperationCanceledException>(() => run.RunAsync(
            (_, _) =>
            {
                cancel.Cancel();
                throw new InvalidOperationException("whatever a body throws then");
            },
            None,
            cancel.Token));
        Assert.AreEqual(TrialState.Running, store.Read("s").Trials[0].State);
        var next = store.TryTakeOver("s", "w", TimeSpan.FromHours(1))!;
        Assert.AreEqual((2, 0), (next.Attempt, next.Deaths), "at once, and it did not die");
    }

    [TestMethod]
    public async Task Run_OfABodyThatTakesTheCancellationForItsEnd_IsNotCompleted()
    {
        var model = new KeptModelsTests.Model();
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(
            t =>
            {
                for (var epoch = 1; epoch <= t.Epochs && !cancel.IsCancellationRequested; epoch++)
                {
                    t.Report(epoch, 0.5);
                    if (epoch == 3)
                        cancel.Cancel();
                }

                return new TrialOutcome(0.5) { Model = model };
            },
            token: cancel.Token));
        Assert.AreEqual(1, model.Disposals);
    }

    [TestMethod]
    public async Task Run_ThatWasWholeWhenCancelled_IsKept()
    {
        using var cancel = new CancellationTokenSource();
        var (trial, _, isOurs) = await Run(
            t =>
            {
                t.Report(t.Epochs, 0.5);
                cancel.Cancel();
                return new TrialOutcome(0.5);
            },
            token: cancel.Token);
        Assert.AreEqual((TrialState.Completed, true), (trial.State, isOurs));
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(7)]
    public async Task Run_ThatReportsNotEveryEpoch_IsStillHeldAgainstOthersAtARung(int every)
    {
        var (trial, _, _) = await Run(
            t =>
            {
                for (var epoch = every; epoch < t.Epochs; epoch += every)
                    t.Report(epoch, 0.1);
                return new TrialOutcome(0.1);
            },
            before: store => Better(store, 20));
        Assert.AreEqual((TrialState.Pruned, 1), (trial.State, trial.Points.Count));
        StringAssert.Contains(trial.Reason!, $"After {every} of 20 epochs");
    }

    [TestMethod]
    public async Task Run_ThatReportsItsEndOnly_IsNotPrunedThere()
    {
        var (trial, _, _) = await Run(
            t =>
            {
                t.Report(t.Epochs, 0.1);
                return new TrialOutcome(0.1);
            },
            before: store => Better(store, 20));
        Assert.AreEqual(TrialState.Completed, trial.State);
    }

    [TestMethod]
    public async Task Run_WhoseOutcomeHasNullFindings_HasFailed_AndItsModelIsDisposed()
    {
        foreach (var findings in (IReadOnlyList<Finding>[])[null!, [null!]])
        {
            var model = new KeptModelsTests.Model();
            var (trial, run, _) = await Run(_ => new TrialOutcome(0.5) { Findings = findings, Model = model });
            StringAssert.Contains(trial.Reason!, "a list of findings is expected");
            Assert.AreEqual((TrialState.Failed, 1, null, double.NaN), (trial.State, model.Disposals, run.Model, run.Metric));
            Assert.AreEqual(TrialState.Pruned, (await Run(_ => throw new TrialPrunedException("doomed", findings))).Trial.State);
        }
    }

    [TestMethod]
    public async Task Run_WhoseEndCannotBeWritten_DisposesItsModel_AndGivesTheTrialBack()
    {
        using var store = new NoEnds();
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20), "w")!;
        var run = new TrialRun(claim, Options, store, new Rungs(Options), () => { });
        var model = new KeptModelsTests.Model();
        var thrown = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => run.RunAsync((_, _) => Task.FromResult(new TrialOutcome(0.9) { Model = model }), None, default));
        StringAssert.Contains(thrown.Message, "store failed while trial 0 ran: the disk is full");
        Assert.AreEqual((1, null), (model.Disposals, run.Model));
        Assert.AreEqual(0, store.TryTakeOver("s", "w", TimeSpan.FromHours(1))!.Deaths);
    }

    private sealed class NoEnds : StudyStoreWrapper
    {
        public override bool Finish(TrialClaim claim, TrialEnd end) => throw new IOException("the disk is full");
    }

    [TestMethod]
    public async Task Run_ThatHasLostItsTrial_EndsAtItsNextReport_AndDisposesItsModel()
    {
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20), "w")!;
        store.Finish(claim, new TrialEnd(TrialState.Completed) { Metric = 0.123 });
        var run = new TrialRun(claim, Options, store, new Rungs(Options), () => { });
        var model = new KeptModelsTests.Model();
        Assert.IsFalse(await run.RunAsync(
            (t, _) =>
            {
                Assert.ThrowsExactly<TrialPrunedException>(() => t.Report(1, 0.5));
                return Task.FromResult(new TrialOutcome(0.9) { Model = model });
            },
            None,
            CancellationToken.None));
        Assert.AreEqual((0.123, 1), (store.Read("s").Trials[0].Metric, model.Disposals));
    }

    [TestMethod]
    public async Task Run_WhoseStoreFails_SaysSo_AndBlamesNoTrial()
    {
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var plan = new TrialPlan(0, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20);
        // A claim to a study that the store does not have: every write throws.
        var run = new TrialRun(new TrialClaim("gone", plan, 1), Options, store, new Rungs(Options), () => { });
        var model = new KeptModelsTests.Model();
        var thrown = await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => run.RunAsync(
            (t, _) =>
            {
                Assert.ThrowsExactly<KeyNotFoundException>(() => t.Report(1, 0.5));
                return Task.FromResult(new TrialOutcome(0.9) { Model = model });
            },
            None,
            CancellationToken.None));
        StringAssert.Contains(thrown.Message, "store failed while trial 0 ran");
        Assert.AreEqual(1, model.Disposals);
    }

    [TestMethod]
    public async Task Run_ThatIsHeardOfNoMore_IsToldByItsBeat()
    {
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        var claim = store.TryAdd("s", new TrialPlan(0, TrialKind.Search, Trials.Parameters(0.1, 32), 1, 20), "w")!;
        var run = new TrialRun(claim, Options with { Heartbeat = TimeSpan.FromMilliseconds(10) }, store, new Rungs(Options), () => { });
        store.Finish(claim, new TrialEnd(TrialState.Failed));
        Assert.IsFalse(await run.RunAsync(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return new TrialOutcome(0.5);
            },
            None,
            CancellationToken.None));
    }
}
