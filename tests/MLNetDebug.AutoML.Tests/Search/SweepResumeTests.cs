using Microsoft.ML;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>Sweeps that end early, begin again, and share their study.</summary>
[TestClass]
public sealed class SweepResumeTests
{
    private static readonly MLContext ML = new(seed: 1);

    [TestMethod]
    public async Task Sweep_WhenCancelled_GoesOnFromWhereItWas()
    {
        using var store = new MemoryStudyStore();
        using var cancel = new CancellationTokenSource();
        var first = new Landscape();
        var options = Sweeps.Options(store) with { Heartbeat = TimeSpan.FromMilliseconds(20), HeartbeatExpiry = TimeSpan.FromMilliseconds(60) };
        await Assert.ThrowsAsync<OperationCanceledException>(() => ML.Diagnostics().Sweep(
            (trial, token) =>
            {
                if (trial.Plan.Number == 10)
                    cancel.Cancel();
                return first.Body(trial, token);
            },
            options,
            cancel.Token));
        await Task.Delay(100);
        var second = new Landscape();
        var result = await ML.Diagnostics().Sweep(second.Body, options);
        Assert.AreEqual(10, second.Begun[0].Number, "the trial that was cut off is run again first");
        Assert.IsFalse(second.Begun.Any(p => p.Number < 10), "what was finished is not");
        Assert.AreEqual(2, result.Study.Trials[10].Attempt);
        Assert.IsGreaterThan(0.9, result.Best!.Metric);
    }

    [TestMethod]
    public async Task Sweep_BySeveralWorkers_RunsEachTrialOnce()
    {
        using var store = new MemoryStudyStore();
        var landscape = new Landscape();
        async Task<TrialOutcome> Slow(TrialContext trial, CancellationToken token)
        {
            await Task.Delay(2, token);
            return await landscape.Body(trial, token);
        }

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(w => ML.Diagnostics().Sweep(Slow, Sweeps.Options(store) with { Worker = $"w{w}" })));
        Assert.HasCount(landscape.Begun.Count, landscape.Begun.Select(p => p.Number).Distinct().ToArray());
        Assert.HasCount(1, results.Select(r => r.Best!.Plan.Number).Distinct().ToArray(), "all workers crown the same");
        Assert.HasCount(25, results[0].Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray());
        Assert.IsTrue(results[0].Study.Trials.All(t => t.Attempt == 1 && t.State != TrialState.Running));
    }

    [TestMethod]
    public async Task Sweep_FailsATrialThatTakesItsWorkersWithIt()
    {
        using var store = new MemoryStudyStore();
        var options = Sweeps.Options(store) with { Heartbeat = TimeSpan.FromMilliseconds(10), HeartbeatExpiry = TimeSpan.FromMilliseconds(30), MaxAttempts = 2, Budget = new() { Trials = 6 } };
        store.Open(new StudyDefinition("s", MLNetDebug.AutoML.Studies.StudySettings.Of(options)));
        // Workers that are never heard of again.
        store.TryAdd("s", new TrialPlan(0, TrialKind.Search, new TrialParameters([new(TrialParameters.LearningRateName, 1e-3), new(TrialParameters.BatchSizeName, 16)]), 1, 20), "dead 1");
        await Task.Delay(60);
        Assert.IsNotNull(store.TryTakeOver("s", "dead 2", TimeSpan.FromMilliseconds(30)));
        await Task.Delay(60);
        var landscape = new Landscape();
        var result = await ML.Diagnostics().Sweep(landscape.Body, options);
        Assert.AreEqual(TrialState.Failed, result.Study.Trials[0].State);
        StringAssert.Contains(result.Study.Trials[0].Reason!, "2 workers");
        Assert.IsFalse(landscape.Begun.Any(p => p.Number == 0));
    }

    [TestMethod]
    public async Task Sweep_ThatHasLostItsTrial_WritesNothing()
    {
        using var store = new MemoryStudyStore();
        var options = Sweeps.Options(store) with { Heartbeat = TimeSpan.FromMinutes(5), HeartbeatExpiry = TimeSpan.FromMinutes(15), Budget = new() { Trials = 2 }, CompareBatchSizes = false, Repeats = 2 };
        var landscape = new Landscape();
        var stolen = false;
        await ML.Diagnostics().Sweep(
            (trial, token) =>
            {
                if (!stolen)
                {
                    stolen = true;
                    Thread.Sleep(5);
                    var claim = store.TryTakeOver("s", "thief", TimeSpan.FromMilliseconds(1))!;
                    store.Finish(claim, new TrialEnd(TrialState.Completed) { Metric = 0.123 });
                }

                return landscape.Body(trial, token);
            },
            options);
        Assert.AreEqual(0.123, store.Read("s").Trials[0].Metric);
        Assert.AreEqual("thief", store.Read("s").Trials[0].Worker);
    }

    [TestMethod]
    public async Task Sweep_OfOtherSettings_IsRefused()
    {
        using var store = new MemoryStudyStore();
        await ML.Diagnostics().Sweep(new Landscape().Body, Sweeps.Options(store) with { Budget = new() { Trials = 3 } });
        await Assert.ThrowsAsync<ArgumentException>(() => ML.Diagnostics().Sweep(new Landscape().Body, Sweeps.Options(store) with { Epochs = 21 }));
        var more = await ML.Diagnostics().Sweep(new Landscape().Body, Sweeps.Options(store) with { Budget = new() { Trials = 5 } });
        Assert.HasCount(3, more.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray(), "once it is confirmed, a search is over");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Sweep_WhoseWinnerCannotBeTrainedAgain_KeepsItsResult(bool isNaN)
    {
        using var store = new MemoryStudyStore();
        var options = Sweeps.Options(store) with { Budget = new() { Trials = 3 }, CompareBatchSizes = false };
        var first = await ML.Diagnostics().Sweep((t, _) => Task.FromResult(new TrialOutcome(t.BatchSize) { Model = new KeptModelsTests.Model() }), options);
        Assert.IsNotNull(first.Model);
        var model = new KeptModelsTests.Model();
        var second = await ML.Diagnostics().Sweep((_, _) => isNaN ? Task.FromResult(new TrialOutcome(double.NaN) { Model = model }) : throw new OutOfMemoryException("big"), options);
        Assert.AreEqual(first.Best!.Plan, second.Best!.Plan);
        Assert.IsNull(second.Model);
        Assert.AreEqual(isNaN ? 1 : 0, model.Disposals);
        StringAssert.Contains(second.Summary, isNaN ? "could not be trained again for its model: its accuracy is NaN" : "could not be trained again for its model: OutOfMemoryException: big");
    }

    [TestMethod]
    [DataRow(0, "its accuracy of 0.1 is no better than that of a constant answer (0.2)")]
    [DataRow(1, "The body gave no outcome")]
    public async Task Sweep_TakesNoModelThatIsTrivial_NorNone(int how, string words)
    {
        using var store = new MemoryStudyStore();
        var options = Sweeps.Options(store) with { Budget = new() { Trials = 3 }, CompareBatchSizes = false, Baseline = 0.2 };
        await ML.Diagnostics().Sweep((t, _) => Task.FromResult(new TrialOutcome(t.BatchSize)), options);
        var model = new KeptModelsTests.Model();
        var second = await ML.Diagnostics().Sweep((_, _) => Task.FromResult(how == 0 ? new TrialOutcome(0.1) { Model = model } : null!), options);
        Assert.IsNull(second.Model);
        Assert.AreEqual(how == 0 ? 1 : 0, model.Disposals);
        StringAssert.Contains(second.Summary, words);
    }

    [TestMethod]
    public async Task Sweep_ThatIsCancelledInOneTrialAgainAndAgain_DoesNotFailIt()
    {
        using var store = new MemoryStudyStore();
        // Nobody is dead within a test: what was given back is begun anew at once.
        var options = Sweeps.Options(store) with { HeartbeatExpiry = TimeSpan.FromHours(1), MaxAttempts = 2, Budget = new() { Trials = 3 }, CompareBatchSizes = false, Repeats = 2 };
        for (var i = 0; i < 4; i++)
        {
            using var cancel = new CancellationTokenSource();
            await Assert.ThrowsAsync<OperationCanceledException>(() => ML.Diagnostics().Sweep(
                (_, token) =>
                {
                    cancel.Cancel();
                    token.ThrowIfCancellationRequested();
                    return Task.FromResult(new TrialOutcome(0.5));
                },
                options,
                cancel.Token));
        }

        var result = await ML.Diagnostics().Sweep(new Landscape().Body, options);
        Assert.AreEqual(5, result.Study.Trials[0].Attempt);
        Assert.AreNotEqual(TrialState.Failed, result.Study.Trials[0].State, result.Study.Trials[0].Reason);
        Assert.HasCount(3, result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray());
    }
}
