using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Rules;

[TestClass]
public sealed class FitFailedTests
{
    [TestMethod]
    public void KnownCause_IsAnError_WithTheTrainersOwnWords()
    {
        var failure = new FitFailure("first\nsecond") { Cause = "The target overflowed.", Subject = Subject.Column("Features", 3), Evidence = [new Evidence("scale", 5)] };
        var finding = Judge(failure).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual("The target overflowed. Trainer itself says: 'first second'.", finding.Message);
        Assert.AreEqual(Subject.Column("Features", 3), finding.Subject);
    }

    [TestMethod]
    public void UnknownCause_IsSaidToBeUnknown()
    {
        var report = Judge(new FitFailure("disk full") { Subject = new Subject(SubjectKind.Run, "Trainer") });
        Assert.IsEmpty(report.Findings);
        Assert.Contains("disk full", report.NotChecked.Single().Reason);
        Assert.IsEmpty(Judge(null).NotChecked);
    }

    [TestMethod]
    public void RealOverflow_NamesTheColumn_AndKeepsTheExceptionBeneath()
    {
        var rows = StockRows.Draw(400).WithFeature(6, (v, _) => v * 1e25f);
        var trainer = new MLContext(1).Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(ClosedFits.Quiet);
        var thrown = Assert.ThrowsExactly<DiagnosticException>(() => trainer.Fit(rows.ToView()));
        var finding = thrown.Report.Of(RuleIds.FitFailed).Single();
        Assert.AreEqual(6, finding.Subject.Slot);
        Assert.Contains("invalid values (NaN or Infinite)", thrown.InnerException!.Message);
        Assert.AreEqual(FitOutcome.Failed, trainer.LastRun!.Outcome);
    }

    [TestMethod]
    public void RealOverflow_OfRowsThatAreTooLong_IsNotBlamedOnTheTarget()
    {
        // Scaling a target scales the weights, and makes no step unstable: long rows do.
        var rows = StockRows.Draw(400).WithFeatures((v, _) => v + 40);
        var trainer = new MLContext(1).Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(ClosedFits.Quiet);
        var finding = Assert.ThrowsExactly<DiagnosticException>(() => trainer.Fit(rows.ToView((v, _) => v * 1000))).Report.Of(RuleIds.FitFailed).Single();
        Assert.AreEqual("Features", finding.Subject.Name);
        Assert.Contains("each step overshoots", finding.Message);
        // Twenty slots of mean square 1,601 each; a quarter of the largest stable step.
        var rate = double.Parse(finding.Advice[1].Code!["learningRate: ".Length..].TrimEnd('f'), System.Globalization.CultureInfo.InvariantCulture);
        Assert.AreEqual(0.5 / (20 * 1601), rate, 1e-7);
    }

    [TestMethod]
    public void RealFailureOfNoKnownCause_IsTheUsersToHandle()
    {
        var rows = StockRows.Draw(50);
        var trainer = new MLContext(1).Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(ClosedFits.Quiet);
        // The pass over the data reads 50 rows; the file is lost while the trainer reads them again.
        var view = new WatchedView(rows.ToView(), row =>
        {
            if (row == 60)
                throw new IOException("the disk went away");
        });
        var thrown = Assert.Throws<Exception>(() => trainer.Fit(view));
        Assert.IsNotInstanceOfType<DiagnosticException>(thrown);
        Assert.Contains("the disk went away", thrown.ToString());
    }

    private static DiagnosticReport Judge(FitFailure? failure) =>
        RuleTester.Judge(new FitFailed(), new FitRun { Trainer = "Trainer", Outcome = FitOutcome.Failed, Elapsed = default, Failure = failure });
}
