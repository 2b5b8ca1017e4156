using Microsoft.ML;
using MLNetDebug.AutoML.Search;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>Whole sweeps over <see cref="Landscape"/>.</summary>
[TestClass]
public sealed class SweepTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static Task<SweepResult> Run(TrialBody body, Func<SweepOptions, SweepOptions>? change = null, int seed = 1)
    {
        using var store = new MemoryStudyStore();
        return ML.Diagnostics().Sweep(body, (change ?? (o => o))(Sweeps.Options(store, seed)));
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
    public async Task Sweep_WithoutBatchSizesOrRates_SearchesItsOptions()
    {
        var space = new SearchSpace { LearningRate = null, BatchSizes = [], Options = [new NumberOption("depth", 0, 1), new ChoiceOption("kind", ["a", "b", "c"]), new WholeNumberOption("layers", 1, 4)] };
        var result = await Run((t, _) => Task.FromResult(new TrialOutcome(1 - Math.Abs(t.Parameters["depth"] - 0.3) + (t.Choice("kind") == "b" ? 1 : 0) + (t.Parameters["layers"] == 3 ? 0.5 : 0))), o => o with { Space = space, Budget = new() { Trials = 30 } });
        Assert.IsGreaterThan(2.4, result.Best!.Metric, result.ToString());
        StringAssert.Contains(result.BatchSizeVerdict, "no small");
        Assert.AreEqual("b", result.Study.Choice(result.Best.Plan, "kind"));
        foreach (var words in new[] { result.Summary, result.HeatMap(), result.LearningCurves() })
            StringAssert.Contains(words, "kind b");
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
    public async Task Sweep_WhoseListenerThrows_FailsNoTrial()
    {
        var result = await Run(new Landscape().Body, o => o with { Progress = new Thrower(), Budget = new() { Trials = 6 } });
        Assert.IsNotNull(result.Best);
        Assert.IsFalse(result.Study.Trials.Any(t => t.Reason is { } why && why.Contains("the console is gone", StringComparison.Ordinal)));
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
