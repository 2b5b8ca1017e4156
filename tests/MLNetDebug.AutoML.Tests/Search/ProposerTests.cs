using CsCheck;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class ProposerTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy };

    private static TrialParameters Next(SweepOptions options, IReadOnlyList<TrialRecord> trials, Dictionary<int, LearningRateBracket>? brackets = null) =>
        new Proposer(options, new SpaceMap(options.Space, brackets ?? [], trials), brackets ?? []).Next(trials);

    private static List<TrialRecord> Tried(SweepOptions options, int count, Func<TrialParameters, double> metric, Dictionary<int, LearningRateBracket>? brackets = null)
    {
        List<TrialRecord> trials = [];
        for (var i = 0; i < count; i++)
        {
            var parameters = Next(options, trials, brackets);
            var value = metric(parameters);
            trials.Add(new TrialRecord(new TrialPlan(i, TrialKind.Search, parameters, 1, options.Epochs)) { State = double.IsNaN(value) ? TrialState.Failed : TrialState.Completed, Metric = value });
        }

        return trials;
    }

    [TestMethod]
    public void Next_BeginsInTheMiddle_ThenWithTheLargestAndASmallOne_WhereRangeTestsSay()
    {
        var trials = Tried(Options, 3, _ => 0.5, new() { [512] = new() { Suggested = 0.25 }, [32] = new() { Suggested = 1e9 } });
        CollectionAssert.AreEqual(new[] { 128, 512, 32 }, trials.Select(t => t.Plan.Parameters.BatchSize).ToArray());
        Assert.AreEqual(Math.Sqrt(1e-5 * 10), trials[0].Plan.Parameters.LearningRate, 1e-12);
        Assert.AreEqual((0.25, 10.0), (trials[1].Plan.Parameters.LearningRate, trials[2].Plan.Parameters.LearningRate), "outside the span its end");
    }

    [TestMethod]
    public void Next_TriesTheMiddlesRateThreefoldToo()
    {
        var trials = Tried(Options, 3, _ => 0.5, new() { [128] = new() { Suggested = 0.02 } });
        CollectionAssert.AreEqual(new[] { 128, 128, 512 }, trials.Select(t => t.Plan.Parameters.BatchSize).ToArray());
        Assert.AreEqual((0.02, 0.06), (trials[0].Plan.Parameters.LearningRate, trials[1].Plan.Parameters.LearningRate));
    }

    [TestMethod]
    public void Next_StaysWithinEachBatchsOwnSpan() => Gen.Int[0, 30].Sample(seed =>
    {
        Dictionary<int, LearningRateBracket> brackets = new() { [16] = new() { Moves = 1e-3, DivergesHigh = 0.1 }, [512] = new() { Moves = 0.1, DivergesHigh = 5 } };
        var random = new Random(seed);
        foreach (var p in Tried(Options with { Seed = seed, Space = new() { BatchSizes = [16, 512] } }, 12, _ => random.NextDouble() is < 0.2 ? double.NaN : random.NextDouble(), brackets).Select(t => t.Plan.Parameters))
            Assert.IsTrue(p.BatchSize == 16 ? p.LearningRate is >= 1e-4 and <= 0.1 : p.LearningRate is >= 0.01 and <= 5, p.ToString());
    }, iter: 8);

    [TestMethod]
    public void Next_RepeatsNothing_AndLooksAtBothBrackets()
    {
        var trials = Tried(Options, 24, p => p.BatchSize > 64 ? 0.9 : 0.1).Select(t => t.Plan.Parameters).ToArray();
        Assert.HasCount(24, trials.Distinct().ToArray());
        Assert.IsGreaterThanOrEqualTo(3, trials.Count(p => p.BatchSize <= 32), "small batches, though large ones do better");
    }

    [TestMethod]
    public void Next_ComesNearTheHeight()
    {
        static double Height(TrialParameters p) => -Math.Pow(Math.Log10(p.LearningRate) + 2, 2) - Math.Pow(Math.Log2(p.BatchSize) - 6, 2);
        var best = Tried(Options, 20, Height).Max(t => t.Metric);
        Assert.IsGreaterThan(-0.1, best);
    }

    [TestMethod]
    public void Next_OfASmallSpaceThatIsUsedUp_TriesAgain()
    {
        var options = Options with { Space = new() { LearningRate = null, BatchSizes = [16, 128] } };
        var trials = Tried(options, 8, p => p.BatchSize);
        Assert.IsTrue(trials.Any(t => t.Plan.Parameters.BatchSize == 16) && trials.Any(t => t.Plan.Parameters.BatchSize == 128));
    }

    [TestMethod]
    public void Next_WhereOthersAreUnderWay_GoesElsewhere()
    {
        var trials = Tried(Options, 10, p => -Math.Abs(Math.Log10(p.LearningRate) + 2));
        var first = Next(Options, trials);
        var second = Next(Options, [.. trials, new TrialRecord(new TrialPlan(10, TrialKind.Search, first, 1, 20)) { State = TrialState.Running }]);
        Assert.AreNotEqual(first, second);
    }

    [TestMethod]
    [DataRow(TrialState.Failed)]
    [DataRow(TrialState.Running)]
    public void Next_WhereNothingHasCompleted_StillProposes(TrialState state)
    {
        TrialRecord[] trials = [.. Enumerable.Range(0, 6).Select(i => Trials.Of(i, double.NaN, state: state, rate: Math.Pow(10, -i)))];
        Assert.IsTrue(Next(Options, trials).LearningRate is >= 1e-5 and <= 10);
    }
}
