using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Tests.Search;

namespace MLNetDebug.AutoML.Tests.Results;

[TestClass]
public sealed class SweepWordsTests
{
    [TestMethod]
    public void Words_NameTheWinnerWithItsInterval_AndTheSecond()
    {
        var words = SweepJudgeTests.Two().Summary;
        StringAssert.Contains(words, "Best: BatchSize 32, LearningRate 0.2, accuracy 0.915 [0.7244, 1.1056] over 2 seeds (trial 1 of the search had 0.9).");
        StringAssert.Contains(words, "The second, BatchSize 32, LearningRate 0.1, is within noise of it");
        StringAssert.Contains(words, "2 trials: 2 whole, 0 pruned, 0 failed.");
        Assert.AreEqual(words, SweepJudgeTests.Two().ToString());
    }

    [TestMethod]
    public void Words_OfALeadBeyondNoise_SayByHowMuch()
    {
        var result = SweepJudgeTests.Two();
        result = result with { RunnerUp = result.RunnerUp! with { Runs = [.. result.RunnerUp.Runs.Select((r, i) => r with { Metric = result.Winner!.Runs[i].Metric - 0.25 })] } };
        StringAssert.Contains(result.Summary, "It leads the second, BatchSize 32, LearningRate 0.1, by 0.25 [0.25, 0.25].");
    }

    [TestMethod]
    public void Words_OfSeedsThatChangeNothing_ClaimNoLead()
    {
        var result = SweepJudgeTests.Two();
        Confirmed Alike(Confirmed of, double metric) => of with { Runs = [.. of.Runs.Select(r => r with { Metric = metric })] };
        result = result with { Winner = Alike(result.Winner!, 0.9), RunnerUp = Alike(result.RunnerUp!, 0.8) };
        Assert.IsTrue(result is { Best: not null, Confirmed: null, Lead: null, IsWithinNoise: false });
        StringAssert.Contains(result.Summary, "Best: BatchSize 32, LearningRate 0.2, accuracy 0.9 with each of 2 seeds: its seeds change nothing");
        StringAssert.Contains(result.Summary, "Whether it leads the second, BatchSize 32, LearningRate 0.1, beyond noise cannot be said");
    }

    [TestMethod]
    public void Words_WithoutAWinner_SayWhy()
    {
        var result = SweepJudgeTests.Judge(new() { Metric = SweepMetric.Accuracy }, Enumerable.Range(0, 5).Select(i => Trials.Of(i, double.NaN, state: TrialState.Failed) with { Reason = "No rows." }));
        StringAssert.StartsWith(result.Summary, "No trial is crowned: the first all failed alike. No rows.");
        StringAssert.StartsWith(SweepJudgeTests.Judge(new() { Metric = SweepMetric.Accuracy }).Summary, "No trial is crowned: none came through with every seed.");
    }

    [TestMethod]
    public void Words_SayWhereTheModelCouldNotBeMadeAgain() =>
        StringAssert.Contains((SweepJudgeTests.Two() with { RefitFailure = "OutOfMemoryException: big" }).Summary, "It could not be trained again for its model: OutOfMemoryException: big.");
}
