using Microsoft.ML;
using MLNetDebug.AutoML.Search;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>Whole sweeps over <see cref="Landscape"/>.</summary>
[TestClass]
public sealed class SweepTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static SweepOptions Options(IStudyStore store, int seed = 1) => new()
    {
        Metric = SweepMetric.Accuracy,
        Budget = new() { Trials = 25 },
        Repeats = 3,
        Store = store,
        Study = "s",
        Seed = seed,
    };

    private static Task<SweepResult> Run(TrialBody body, Func<SweepOptions, SweepOptions>? change = null, int seed = 1)
    {
        using var store = new MemoryStudyStore();
        return ML.Diagnostics().Sweep(body, (change ?? (o => o))(Options(store, seed)));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public async Task Sweep_FindsTheHeightOfTheLandscape(int seed)
    {
        var result = await Run(new Landscape().Body, seed: seed);
        Assert.IsGreaterThan(0.92, result.Best!.Metric, result.ToString());
        Assert.IsLessThan(0.5, Math.Abs(Math.Log10(result.Best.Plan.Parameters.LearningRate / Landscape.BestRate(result.Best.Plan.Parameters.BatchSize, 0.03))));
        Assert.HasCount(25, result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray());
    }

    [TestMethod]
    public async Task Sweep_PrunesMostTrials()
    {
        var result = await Run(new Landscape().Body);
        var search = result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        Assert.IsLessThan(0.6 * 25 * 20, search.Sum(t => t.Points.Count), "epochs of the search's trials");
        Assert.IsTrue(search.Where(t => t.State == TrialState.Pruned).All(t => t.Reason!.Contains("stand better", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Sweep_WithTheSameSeedAndOneWorker_RepeatsToTheBit()
    {
        var (first, second, other) = (await Run(new Landscape().Body), await Run(new Landscape().Body), await Run(new Landscape().Body, seed: 2));
        static string[] Bits(SweepResult r) => [.. r.Study.Trials.Select(t => $"{t.Plan.Kind} {t.Plan.Arm} {string.Join(' ', t.Plan.Parameters.Values.Select(v => $"{v.Key} {BitConverter.DoubleToInt64Bits(v.Value):X}"))} {t.Plan.Seed} {t.State} {BitConverter.DoubleToInt64Bits(t.Metric):X} {t.Points.Count}")];
        CollectionAssert.AreEqual(Bits(first), Bits(second));
        Assert.AreEqual(first.Best!.Plan, second.Best!.Plan);
        CollectionAssert.AreNotEqual(Bits(first), Bits(other));
    }

    [TestMethod]
    public async Task Sweep_CrownsNothingWhereEveryMetricIsNaN()
    {
        var result = await Run((_, _) => Task.FromResult(new TrialOutcome(double.NaN)));
        Assert.IsNull(result.Best);
        Assert.IsNull(result.Model);
        Assert.HasCount(5, result.Study.Trials, "where the first five fail alike, the rest is spared");
        StringAssert.Contains(result.Summary, "NaN");
    }

    [TestMethod]
    public async Task Sweep_CrownsNothingThatIsNoBetterThanAConstant()
    {
        var result = await Run((trial, _) => Task.FromResult(new TrialOutcome(0.1 + (trial.LearningRate * 1e-9))), o => o with { Baseline = 0.2 });
        Assert.IsNull(result.Best);
        Assert.IsTrue(result.Study.Trials.All(t => t.State == TrialState.Failed && t.Reason!.Contains("constant answer", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Sweep_TakesAnInfiniteLossForNoMetric()
    {
        var result = await Run((trial, _) => Task.FromResult(new TrialOutcome(trial.LearningRate > 0.01 ? double.NegativeInfinity : 1 + Math.Abs(Math.Log(trial.LearningRate)))), o => o with { Metric = SweepMetric.Loss });
        Assert.IsNotNull(result.Best);
        Assert.IsLessThanOrEqualTo(0.01, result.Best.Plan.Parameters.LearningRate);
    }

    [TestMethod]
    public async Task Sweep_OutlivesTrialsThatThrow()
    {
        var landscape = new Landscape();
        var result = await Run((trial, token) => trial.BatchSize == 512 ? throw (trial.Plan.Number % 2 == 0 ? new OutOfMemoryException("big") : new System.Runtime.InteropServices.SEHException("native")) : landscape.Body(trial, token));
        Assert.IsGreaterThan(0.9, result.Best!.Metric);
        Assert.IsTrue(result.Study.Trials.Any(t => t.State == TrialState.Failed && t.Reason!.StartsWith("OutOfMemoryException", StringComparison.Ordinal) | t.Reason!.StartsWith("SEHException", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Sweep_KeepsTheFindingsOfWhatAGuardPruned()
    {
        var finding = new Finding { Rule = new RuleDescriptor(RuleIds.LearningRateTooLarge, "LearningRateTooLarge", "Too large.", RuleCategory.Optimizer, Severity.Warning, ProofKind.Fact), Severity = Severity.Warning, Confidence = Confidence.Confirmed, Subject = new(SubjectKind.Run, "run"), Message = "the rate" };
        var landscape = new Landscape();
        var result = await Run((trial, token) => trial.LearningRate > 0.1 ? throw new TrialPrunedException("doomed", [finding]) { Steps = 7 } : landscape.Body(trial, token));
        var pruned = result.Study.Trials.First(t => t.Reason == "doomed");
        Assert.AreEqual(TrialState.Pruned, pruned.State);
        Assert.AreEqual(7, pruned.Steps);
        Assert.AreEqual(new TrialFinding(RuleIds.LearningRateTooLarge, Severity.Warning, "the rate"), pruned.Findings.Single());
    }

    [TestMethod]
    public async Task Sweep_OfABodyWithoutTestRows_SparesTheArms()
    {
        var result = await Run(async (trial, token) => await new Landscape().Body(trial, token) with { TestMetric = double.NaN });
        Assert.IsLessThanOrEqualTo(1, result.Study.Trials.Count(t => t.Plan.Kind == TrialKind.Arm));
        StringAssert.Contains(result.Summary, "no test rows");
    }

    [TestMethod]
    public async Task Sweep_OfABodyThatIgnoresItsSeed_ClaimsNothingOfNoise()
    {
        var result = await Run((trial, _) => Task.FromResult(new TrialOutcome(0.5 + (0.001 * trial.LearningRate)) { TestMetric = trial.BatchSize }));
        Assert.IsTrue(result is { Best: not null, Confirmed: null, Lead: null, IsWithinNoise: false });
        StringAssert.Contains(result.Summary, "its seeds change nothing");
        Assert.IsEmpty(result.Report.Findings, "no batch size is better by runs that are all the same");
    }

    [TestMethod]
    public async Task Sweep_RefusesAWinnerThatDiesAtAnotherSeed()
    {
        // One trial is lucky: high with the search's seed, NaN with any other.
        var result = await Run((trial, _) => Task.FromResult(new TrialOutcome(trial.BatchSize == 16 ? (trial.Seed == 1 ? 0.99 : double.NaN) : 0.5 + (0.001 * trial.LearningRate))));
        Assert.AreNotEqual(16, result.Best!.Plan.Parameters.BatchSize);
        StringAssert.Contains(result.Summary, "did not come through");
    }

    [TestMethod]
    public async Task Sweep_SaysWhereTheTwoBestAreWithinNoise()
    {
        var result = await Run((trial, _) => Task.FromResult(new TrialOutcome(0.9 + (0.01 * new Random(trial.Seed + trial.Plan.Number).NextDouble()))), o => o with { Repeats = 5 });
        Assert.IsTrue(result.IsWithinNoise, result.ToString());
        StringAssert.Contains(result.Summary, "within noise");
    }

    [TestMethod]
    public async Task Sweep_WhenCancelled_GoesOnFromWhereItWas()
    {
        using var store = new MemoryStudyStore();
        using var cancel = new CancellationTokenSource();
        var first = new Landscape();
        var options = Options(store) with { Heartbeat = TimeSpan.FromMilliseconds(20), HeartbeatExpiry = TimeSpan.FromMilliseconds(60) };
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

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(w => ML.Diagnostics().Sweep(Slow, Options(store) with { Worker = $"w{w}" })));
        Assert.HasCount(landscape.Begun.Count, landscape.Begun.Select(p => p.Number).Distinct().ToArray());
        Assert.HasCount(1, results.Select(r => r.Best!.Plan.Number).Distinct().ToArray(), "all workers crown the same");
        Assert.HasCount(25, results[0].Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray());
        Assert.IsTrue(results[0].Study.Trials.All(t => t.Attempt == 1 && t.State != TrialState.Running));
    }

    [TestMethod]
    public async Task Sweep_FailsATrialThatTakesItsWorkersWithIt()
    {
        using var store = new MemoryStudyStore();
        var options = Options(store) with { Heartbeat = TimeSpan.FromMilliseconds(10), HeartbeatExpiry = TimeSpan.FromMilliseconds(30), MaxAttempts = 2, Budget = new() { Trials = 6 } };
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
        var options = Options(store) with { Heartbeat = TimeSpan.FromMinutes(5), HeartbeatExpiry = TimeSpan.FromMinutes(15), Budget = new() { Trials = 2 }, CompareBatchSizes = false, Repeats = 2 };
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
    public async Task Sweep_WithoutBatchSizesOrRates_SearchesItsOptions()
    {
        var space = new SearchSpace { LearningRate = null, BatchSizes = [], Options = [new NumberOption("depth", 0, 1), new ChoiceOption("kind", ["a", "b", "c"]), new WholeNumberOption("layers", 1, 4)] };
        var result = await Run((t, _) => Task.FromResult(new TrialOutcome(1 - Math.Abs(t.Parameters["depth"] - 0.3) + (t.Choice("kind") == "b" ? 1 : 0) + (t.Parameters["layers"] == 3 ? 0.5 : 0))), o => o with { Space = space, Budget = new() { Trials = 30 } });
        Assert.IsGreaterThan(2.4, result.Best!.Metric, result.ToString());
        StringAssert.Contains(result.BatchSizeVerdict, "no small");
    }

    [TestMethod]
    public async Task Sweep_EndsByEpochsAndByTime()
    {
        var epochs = await Run(new Landscape().Body, o => o with { Budget = new() { Trials = null, Epochs = 60 }, CompareBatchSizes = false });
        var search = epochs.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        Assert.IsTrue(search.Sum(t => t.Points.Count) is >= 60 and < 80, $"{search.Sum(t => t.Points.Count)}");
        async Task<TrialOutcome> Slow(TrialContext trial, CancellationToken token)
        {
            await Task.Delay(20, token);
            return await new Landscape().Body(trial, token);
        }

        var time = await Run(Slow, o => o with { Budget = new() { Trials = null, Time = TimeSpan.FromMilliseconds(800) }, CompareBatchSizes = false });
        Assert.IsNotNull(time.Best);
        Assert.IsTrue(time.Study.Trials.Any(t => t.Plan.Kind == TrialKind.Confirmation));
    }

    [TestMethod]
    public async Task Sweep_FromARangeTest_TriesItsSuggestionFirst()
    {
        var landscape = new Landscape();
        var result = await Run(landscape.Body, o => o with { Probe = new FormulaProbe() });
        var tests = result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.RangeTest).ToArray();
        CollectionAssert.AreEquivalent(result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).Select(t => t.Plan.Parameters.BatchSize).Distinct().ToArray(), tests.Select(t => t.Plan.Parameters.BatchSize).ToArray(), "each batch size that was tried was tested, once");
        var first = result.Study.Trials.First(t => t.Plan.Kind == TrialKind.Search).Plan.Parameters;
        Assert.AreEqual(Landscape.BestRate(first.BatchSize, 0.03) / 3, first.LearningRate, 1e-9);
        Assert.IsTrue(result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).All(t => t.Plan.Parameters.LearningRate <= 10 * Landscape.BestRate(t.Plan.Parameters.BatchSize, 0.03) * 1.0001), "no trial beyond the boundary");
    }

    [TestMethod]
    public async Task Sweep_OutlivesARangeTestThatThrows()
    {
        var result = await Run(new Landscape().Body, o => o with { Probe = new FormulaProbe { Throws = true } });
        Assert.IsTrue(result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.RangeTest).All(t => t.State == TrialState.Failed));
        Assert.IsGreaterThan(0.9, result.Best!.Metric);
    }

    [TestMethod]
    public async Task Sweep_OfOtherSettings_IsRefused()
    {
        using var store = new MemoryStudyStore();
        await ML.Diagnostics().Sweep(new Landscape().Body, Options(store) with { Budget = new() { Trials = 3 } });
        await Assert.ThrowsAsync<ArgumentException>(() => ML.Diagnostics().Sweep(new Landscape().Body, Options(store) with { Epochs = 21 }));
        var more = await ML.Diagnostics().Sweep(new Landscape().Body, Options(store) with { Budget = new() { Trials = 5 } });
        Assert.HasCount(3, more.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray(), "once it is confirmed, a search is over");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Sweep_WhoseWinnerCannotBeTrainedAgain_KeepsItsResult(bool isNaN)
    {
        using var store = new MemoryStudyStore();
        var options = Options(store) with { Budget = new() { Trials = 3 }, CompareBatchSizes = false };
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
        var options = Options(store) with { Budget = new() { Trials = 3 }, CompareBatchSizes = false, Baseline = 0.2 };
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
        var options = Options(store) with { HeartbeatExpiry = TimeSpan.FromHours(1), MaxAttempts = 2, Budget = new() { Trials = 3 }, CompareBatchSizes = false, Repeats = 2 };
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

    [TestMethod]
    public async Task Sweep_WhoseListenerThrows_FailsNoTrial()
    {
        var result = await Run(new Landscape().Body, o => o with { Progress = new Thrower(), Budget = new() { Trials = 6 } });
        Assert.IsNotNull(result.Best);
        Assert.IsFalse(result.Study.Trials.Any(t => t.Reason is { } why && why.Contains("the console is gone", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void BestOfTwoRungs_IsNotRunToItsEnd()
    {
        var rungs = new Rungs(new SweepOptions { Metric = SweepMetric.Accuracy, Epochs = 20 });
        CollectionAssert.AreEqual(new[] { 2, 6 }, rungs.Below(20).ToArray());
    }

    private sealed class Thrower : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => throw new InvalidOperationException("the console is gone");
    }

    private sealed class FormulaProbe : ILearningRateProbe
    {
        public bool Throws { get; init; }

        public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken)
        {
            if (Throws)
                throw new InvalidOperationException("no");
            var best = Landscape.BestRate(request.Parameters.BatchSize, 0.03);
            return new LearningRateBracket { Moves = best / 10, DivergesLow = 5 * best, DivergesHigh = 10 * best, Suggested = best / 3, Steps = 100 };
        }
    }
}
