using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards;

/// <summary>Training ends when it is asked to: within a row where rows are read, by the trainer's own host where they are not, and never by the user's context.</summary>
[TestClass]
public sealed class GuardEndsTrainingTests
{
    private static readonly StockRows Rows = StockRows.Draw(300);

    private static GuardOptions Quiet => new() { Data = DataChecks.None, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    public static IEnumerable<object[]> ByCursor => StockTrainers.All.Where(t => t.ReadsByCursor).Select(t => new object[] { t.Name });

    public static IEnumerable<object[]> ByHost => new[] { "FastTree", "FastForest", "LightGbm", "LbfgsLogisticRegression", "FastTreeRanking" }.Select(n => new object[] { n });

    public static IEnumerable<object[]> Graceful => new[]
    {
        "SdcaLogisticRegression", "SdcaNonCalibrated", "SgdCalibrated", "SgdNonCalibrated", "FieldAwareFactorizationMachine", "SdcaMaximumEntropy",
        "SdcaNonCalibratedMulticlass", "SdcaRegression",
    }.Select(n => new object[] { n });

    [TestMethod]
    [DynamicData(nameof(ByCursor))]
    public void Cancel_EndsAtTheNextRow_AndTheContextGoesOn(string name)
    {
        var trainer = StockTrainers.Named(name);
        var ml = new MLContext(1);
        using var cancel = new CancellationTokenSource();
        var view = new CancellingView(Rows.ToView(), cancel, atRow: 150);
        var e = Assert.Throws<OperationCanceledException>(() => trainer.Guarded(ml, Quiet with { CancellationToken = cancel.Token }).Fit(view));
        Assert.AreEqual(cancel.Token, e.CancellationToken);
        Assert.AreEqual(150, view.RowsRead, "No row is read once the token is cancelled.");
        Assert.IsNotNull(trainer.Create(ml).Fit(Rows.ToView()));
    }

    [TestMethod]
    [DynamicData(nameof(ByHost))]
    public void Cancel_ReachesTrainersThatReadNoRows(string name)
    {
        var ml = new MLContext(1);
        var trainer = StockTrainers.Named(name);
        using var cancel = new CancellationTokenSource();
        var guarded = trainer.Guarded(ml, Quiet with { CancellationToken = cancel.Token });
        // The last row is the last thing it asks of the data; what follows is its own loop.
        var view = new CancellingView(Rows.ToView(), cancel, atRow: Rows.Rows);
        Assert.Throws<OperationCanceledException>(() => guarded.Fit(view));
        Assert.IsNotNull(trainer.Create(ml).Fit(Rows.ToView()), "The context goes on.");
        var again = trainer.Guarded(ml, Quiet);
        Assert.IsNotNull(again.Fit(Rows.ToView()));
    }

    [TestMethod]
    [DynamicData(nameof(Graceful))]
    public void Stop_KeepsASoundModel(string name)
    {
        var trainer = StockTrainers.Named(name);
        using var stop = new CancellationTokenSource();
        // In the middle of the third pass: neither a beginning nor an end.
        var view = new CancellingView(Rows.ToView(), stop, atRow: (2 * Rows.Rows) + 100);
        var model = trainer.Guarded(new MLContext(1), Quiet with { StopToken = stop.Token }).Fit(view);
        var report = model.DiagnosticReports().Single();
        Assert.IsEmpty(report.Of(RuleIds.DeadModel));
        var scores = model.Transform(Rows.ToView());
        Assert.IsTrue(IsUseful(trainer, scores), $"{name} stopped in its third pass predicts no better than chance.");
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void Stop_EndsATrainerThatCountsOnWithoutRows()
    {
        // Two rows make SDCA's own limit 750,000 iterations.
        var guarded = StockTrainers.Named("SdcaLogisticRegression").Guarded(new MLContext(1), Quiet with { MaxPasses = 4 });
        Assert.ThrowsExactly<TimeoutException>(() => guarded.Fit(StockRows.Draw(2, seed: 3).ToView()));
        Assert.IsNotNull(StockTrainers.Named("SdcaLogisticRegression").Create(new MLContext(1)).Fit(Rows.ToView()));
    }

    [TestMethod]
    public void Stop_BeforeAnythingIsLearned_IsSaidToBeTheCause()
    {
        using var stop = new CancellationTokenSource();
        var guarded = StockTrainers.Named("SdcaRegression").Guarded(new MLContext(1), Quiet with { StopToken = stop.Token });
        var thrown = Assert.ThrowsExactly<DiagnosticException>(() => guarded.Fit(new CancellingView(Rows.ToView(), stop, atRow: 1)));
        Assert.Contains("its training was ended early, after ", thrown.Report.Of(RuleIds.DeadModel).Single().Message);
    }

    [TestMethod]
    [DataRow("AveragedPerceptron")]
    [DataRow("LbfgsLogisticRegression")]
    [DataRow("KMeans")]
    public void Stop_CancelsWhereNoSoundModelCanBeKept(string name)
    {
        using var stop = new CancellationTokenSource();
        var view = new CancellingView(Rows.ToView(), stop, atRow: Rows.Rows + 100);
        var e = Assert.Throws<OperationCanceledException>(() => StockTrainers.Named(name).Guarded(new MLContext(1), Quiet with { StopToken = stop.Token }).Fit(view));
        Assert.Contains("no sound model of half the work", e.Message);
    }

    [TestMethod]
    public void MaxPasses_KeepsTheModelOrThrowsWithTheBudgetsName()
    {
        var sdca = StockTrainers.Named("SdcaRegression").Guarded(new MLContext(1), Quiet with { MaxPasses = 6 });
        Assert.IsNotNull(sdca.Fit(Rows.ToView()));
        Assert.AreEqual(FitOutcome.Stopped, ((GuardedTrainer<Microsoft.ML.Data.RegressionPredictionTransformer<Microsoft.ML.Trainers.LinearRegressionModelParameters>, Microsoft.ML.Trainers.LinearRegressionModelParameters>)sdca).LastRun!.Outcome);
        var perceptron = StockTrainers.Named("AveragedPerceptron").Guarded(new MLContext(1), Quiet with { MaxPasses = 3 });
        Assert.Contains("3 passes", Assert.ThrowsExactly<TimeoutException>(() => perceptron.Fit(Rows.ToView())).Message);
    }

    [TestMethod]
    public void TimeBudget_EndsASlowSource()
    {
        var slow = new WatchedView(Rows.ToView(), _ => Thread.Sleep(1));
        var guarded = StockTrainers.Named("AveragedPerceptron").Guarded(new MLContext(1), Quiet with { TimeBudget = TimeSpan.FromMilliseconds(30) });
        Assert.Contains("time budget of 0.03 s", Assert.ThrowsExactly<TimeoutException>(() => guarded.Fit(slow)).Message);
    }

    [TestMethod]
    public void CancelledBeforehand_ReadsNoRow()
    {
        var view = new CancellingView(Rows.ToView(), new CancellationTokenSource(), atRow: long.MaxValue);
        var options = Quiet with { CancellationToken = new CancellationToken(true) };
        Assert.Throws<OperationCanceledException>(() => StockTrainers.Named("SdcaRegression").Guarded(new MLContext(1), options).Fit(view));
        Assert.AreEqual(0, view.RowsRead);
    }

    private static bool IsUseful(StockTrainer trainer, IDataView scored)
    {
        var ml = new MLContext(1);
        return trainer.Task switch
        {
            MLNetDebug.Data.LearningTask.BinaryClassification => ml.BinaryClassification.EvaluateNonCalibrated(scored, StockRows.Positive).AreaUnderRocCurve > 0.8,
            MLNetDebug.Data.LearningTask.MulticlassClassification => ml.MulticlassClassification.Evaluate(scored, StockRows.Class).MicroAccuracy > 0.5,
            _ => ml.Regression.Evaluate(scored, StockRows.Target).RSquared > 0.5,
        };
    }
}
