using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class TrainerWarningsTests
{
    [TestMethod]
    public void EachWarning_IsAnInfoWithItsMeaning()
    {
        var report = Judge("Skipped 3 instances with missing features during training", "Training does not support shuffling, so ignoring a request to shuffle", "something else ");
        Assert.HasCount(3, report.Findings);
        Assert.IsTrue(report.Findings.All(f => f.Severity == Severity.Info));
        Assert.Contains("Nothing was learned from those rows", report.Findings[0].Message);
        Assert.Contains("Rows are read in the same order", report.Findings[1].Message);
        Assert.Contains("AppendCacheCheckpoint", report.Findings[1].Advice.Single().Code!);
        Assert.AreEqual("Trainer warned in MLContext.Log: 'something else'.", report.Findings[2].Message);
    }

    [TestMethod]
    public void SilentRun_GivesNothing() => Assert.IsEmpty(Judge().Findings);

    [TestMethod]
    public void RealTrainers_AreHeard()
    {
        var rows = StockRows.Draw(300).WithFeature(2, (v, i) => i % 10 == 0 ? float.NaN : v);
        var report = new MLContext(1).BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive).Guard(ClosedFits.Quiet).Fit(rows.ToView()).DiagnosticReports().Single();
        Assert.Contains("30 ", report.Of(RuleIds.TrainerWarnings).Single(f => f.Message.Contains("Nothing was learned", StringComparison.Ordinal)).Message);
    }

    private static DiagnosticReport Judge(params string[] warnings) =>
        RuleTester.Judge(new TrainerWarnings(), new FitRun { Trainer = "Trainer", Outcome = FitOutcome.Completed, Elapsed = default, Warnings = warnings });
}
