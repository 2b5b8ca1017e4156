using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Tests.Search;

namespace MLNetDebug.AutoML.Tests.Results;

[TestClass]
public sealed class SweepJudgeTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Repeats = 2, CompareBatchSizes = false };

    private static IEnumerable<TrialRecord> Candidate(int at, double search, double rate, params double[] runs) =>
    [
        Trials.Of(at, search, rate: rate),
        .. runs.Select((m, i) => Trials.Of(100 + (10 * at) + i, m, TrialKind.Confirmation, double.IsNaN(m) ? TrialState.Failed : TrialState.Completed, rate, seed: AutoML.Search.Seeds.OfRepeat(1, i), arm: $"trial {at}")),
    ];

    internal static SweepResult Judge(SweepOptions options, params IEnumerable<TrialRecord>[] candidates) => SweepJudge.Judge(Trials.Study(Trials.Start.AddDays(1), [.. candidates.SelectMany(c => c).OrderBy(t => t.Plan.Number)]), options);

    internal static SweepResult Two() => Judge(Options, Candidate(0, 0.95, 0.1, 0.80, 0.92), Candidate(1, 0.90, 0.2, 0.90, 0.93));

    [TestMethod]
    public void Judge_CrownsByTheMeanOverSeeds_NotByTheSearch()
    {
        var result = Two();
        Assert.AreEqual((1, 0), (result.Best!.Plan.Number, result.SecondBest!.Plan.Number));
        Assert.AreEqual(0.915, result.Confirmed!.Mean, 1e-12);
        Assert.AreEqual(0.055, result.Lead!.Mean, 1e-12);
        Assert.IsTrue(result.IsWithinNoise);
        Assert.AreEqual(0, SweepJudge.Best(result.Study.Trials, SweepMetric.Accuracy)!.Plan.Number);
        Assert.AreEqual(111, SweepJudge.BestRun(result.Winner!, SweepMetric.Accuracy).Plan.Number);
    }

    [TestMethod]
    public void Judge_WhereLowerIsBetter_CrownsTheLowest_AndItsLeadIsPositive()
    {
        var result = Judge(Options with { Metric = SweepMetric.Loss }, Candidate(0, 0.1, 0.1, 0.5, 0.6), Candidate(1, 0.2, 0.2, 0.3, 0.4));
        Assert.AreEqual(1, result.Best!.Plan.Number);
        Assert.AreEqual(0.2, result.Lead!.Mean, 1e-12);
        Assert.AreEqual(110, SweepJudge.BestRun(result.Winner!, SweepMetric.Loss).Plan.Number);
    }

    [TestMethod]
    public void Judge_RefusesWhatDiesAtASeed()
    {
        var result = Judge(Options, Candidate(0, 0.99, 0.1, 0.99, double.NaN), Candidate(1, 0.9, 0.2, 0.9, 0.9));
        Assert.AreEqual((1, 0), (result.Best!.Plan.Number, result.Refused.Single().Plan.Number));
        Assert.IsNull(result.SecondBest);
        Assert.IsNull(result.Lead);
        Assert.IsFalse(result.IsWithinNoise);
    }

    [TestMethod]
    public void Judge_OfNothing_CrownsNothing()
    {
        var result = Judge(Options);
        Assert.IsTrue(result is { Best: null, Confirmed: null, Lead: null, Model: null });
        Assert.IsEmpty(result.Report.Findings);
    }

    [TestMethod]
    public void Judge_SilencesAndWeighsRulesAsAsked()
    {
        string[] Found(SweepOptions o) => [.. Rules.BatchSizeEffectTests.Planted(o).Report.Findings.Select(f => $"{f.Rule.Id} {f.Severity}")];
        var options = Options with { CompareBatchSizes = true };
        CollectionAssert.AreEqual(new[] { "MLD501 Info" }, Found(options));
        CollectionAssert.AreEqual(new[] { "MLD501 Warning" }, Found(options with { Severities = new Dictionary<string, Severity> { ["MLD501"] = Severity.Warning } }));
        Assert.IsEmpty(Found(options with { Severities = new Dictionary<string, Severity> { ["MLD501"] = Severity.None } }));
        Assert.IsEmpty(Found(options with { RuleOptions = [new BatchSizeEffectOptions { MinimumEffect = 0.5 }] }));
    }
}
