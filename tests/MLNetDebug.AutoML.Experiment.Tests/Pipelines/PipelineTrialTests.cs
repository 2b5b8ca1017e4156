using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class PipelineTrialTests
{
    private readonly MLContext _ml = new(1);

    private static GuardOptions Quick => new() { Data = DataChecks.None };

    [TestMethod]
    public void OneFold_GivesModelMetricAndLoss()
    {
        var result = Run(Healthy, Rmse, isMaximized: false, Split());
        Assert.IsTrue(result.Metric is > 0 and < 0.5, $"{result.Metric}");
        Assert.AreEqual(result.Metric, result.Loss);
        Assert.IsNotNull(result.Model);
        Assert.IsGreaterThan(0, result.DurationInMilliseconds);
    }

    [TestMethod]
    public void MoreIsBetter_IsALossOfTheOtherSign()
    {
        var result = Run(Healthy, (ml, rows) => ml.Regression.Evaluate(rows).RSquared, isMaximized: true, Split());
        Assert.IsGreaterThan(0.5, result.Metric);
        Assert.AreEqual(-result.Metric, result.Loss);
    }

    [TestMethod]
    public void Folds_GiveTheirMean_AndTheFirstOnesModel_AsAutoMLDoes()
    {
        var built = 0;
        var metrics = new Queue<double>([1, 2, 6]);
        var folds = TrialFolds.Of(new FakeFolds(Rows.Draw(_ml, 90, 1), 3), _ml, Made.Trial());
        EstimatorChain<ITransformer> Build()
        {
            built++;
            return Chain(new MLContext(7).Regression.Trainers.Sdca(Models.Sdca()));
        }

        var result = Run(Build, (_, _) => metrics.Dequeue(), isMaximized: false, folds);
        Assert.AreEqual(3.0, result.Metric);
        Assert.AreEqual(3, built, "Each fold has a pipeline of its own.");
        var first = Build().Fit(folds[0].Train);
        CollectionAssert.AreEqual(Scores(first, folds[0].Test), Scores(result.Model, folds[0].Test));
    }

    [TestMethod]
    public void TheModel_IsFreeOfTheGuard()
    {
        var result = Run(Healthy, Rmse, isMaximized: false, Split());
        Assert.HasCount(1, result.Model.DiagnosticReports());
        using var file = new MemoryStream();
        _ml.Model.Save(result.Model, Rows.Draw(_ml, 1, 1).Schema, file);
        Assert.DoesNotContain("MLNetDebug", System.Text.Encoding.Latin1.GetString(file.ToArray()));
    }

    [TestMethod]
    public void ADeadModel_EndsTheTrial_AndIsNotEvaluated()
    {
        var e = Assert.ThrowsExactly<DiagnosticException>(() => Run(Dead, NotAsked, isMaximized: false, Split()));
        Assert.HasCount(1, e.Report.Of(RuleIds.DeadModel));
    }

    [TestMethod]
    public void ADeadModel_EndsTheTrial_AlsoWhereFindingsDoNotThrow()
    {
        foreach (var diagnostics in new[] { new DiagnosticsOptions { FailOn = Severity.None }, new DiagnosticsOptions { Silence = [RuleIds.DeadModel] } })
        {
            var e = Assert.ThrowsExactly<TrialEndedException>(() => Run(Dead, NotAsked, isMaximized: false, Split(), Quick with { Diagnostics = diagnostics }));
            Assert.AreEqual(TrialOutcome.Dead, e.End.Outcome);
            Assert.Contains("NaN", e.End.Reason);
        }
    }

    [TestMethod]
    public void FeaturesThatOnlyValidationRowsMakeInfinite_AreTheTrialsFault()
    {
        // Finite as they come in, infinite as the pipeline makes them: evaluators would skip those rows, and the metric would look better than it is.
        var folds = new[] { new TrialFold(Rows.Draw(_ml, 200, 1), Rows.Draw(_ml, 200, 2, (row, i) => row.Features[0] = i < 40 ? 1e10f : row.Features[0])) };
        EstimatorChain<ITransformer> Scaled() => Chain(
            _ml.Transforms.Expression("Features", "x => x * 1e30f", "Features"), _ml.Transforms.Expression("Features", "x => x * 1e-30f", "Features"), _ml.Regression.Trainers.Sdca(Models.Sdca()));
        var e = Assert.ThrowsExactly<TrialEndedException>(() => Run(Scaled, NotAsked, isMaximized: false, folds));
        Assert.AreEqual(TrialOutcome.Dead, e.End.Outcome);
        Assert.Contains("40 rows", e.End.Reason);
    }

    [TestMethod]
    public void RowsThatCameInMissing_AreExcused()
    {
        var folds = new[] { new TrialFold(Rows.Draw(_ml, 200, 1), Rows.Draw(_ml, 200, 2, (row, i) => row.Features[0] = i < 40 ? float.NaN : row.Features[0])) };
        Assert.IsTrue(double.IsFinite(Run(Healthy, Rmse, isMaximized: false, folds).Metric));
        var all = new[] { folds[0] with { Test = Rows.Draw(_ml, 200, 2, (row, _) => row.Features[0] = float.NaN) } };
        Assert.Contains("stands on nothing", Assert.ThrowsExactly<TrialEndedException>(() => Run(Healthy, NotAsked, isMaximized: false, all)).End.Reason);
    }

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void AMetricThatIsNoNumber_EndsTheTrial_AndNamesTheFold(double metric)
    {
        var folds = TrialFolds.Of(new FakeFolds(Rows.Draw(_ml, 90, 1), 3), _ml, Made.Trial());
        var asked = 0;
        var e = Assert.ThrowsExactly<TrialEndedException>(() => Run(Healthy, (_, _) => ++asked == 2 ? metric : 1, isMaximized: false, folds));
        Assert.AreEqual(TrialOutcome.InvalidMetric, e.End.Outcome);
        Assert.Contains("Fold 2 of 3", e.End.Reason);
        Assert.AreEqual(metric, e.End.Metric);
        Assert.AreEqual(2, asked, "What comes after a failed fold is not trained.");
    }

    [TestMethod]
    public void AMetricThatCannotBeComputed_SaysWhereAutoMLLooksForLabels()
    {
        var e = Assert.ThrowsExactly<TrialEndedException>(() => Run(Healthy, (ml, rows) => ml.Regression.Evaluate(rows, "label").RSquared, isMaximized: true, Split()));
        Assert.Contains("labelColumn", e.End.Reason);
        Assert.IsNotNull(e.End.Error);
    }

    [TestMethod]
    public void APipelineWithoutATrainer_IsScoredAndMeasured()
    {
        var result = Run(() => Chain(_ml.Transforms.CopyColumns("Score", "Label")), Rmse, isMaximized: false, Split());
        Assert.AreEqual(0.0, result.Metric);
    }

    [TestMethod]
    public void ATrialThatIsToEnd_TrainsNoFurther()
    {
        using var trial = new TrialControl(Made.Trial(), new GuardedExperimentOptions { Guard = Quick }, null, CancellationToken.None);
        var folds = TrialFolds.Of(new FakeFolds(Rows.Draw(_ml, 90, 1), 3), _ml, Made.Trial());
        var asked = 0;
        var pipeline = new PipelineTrial(_ml, Healthy, (_, _) =>
        {
            asked++;
            trial.Finish(TrialOutcome.OutOfMemory, "heavy");
            return 1;
        }, false);
        Assert.Throws<OperationCanceledException>(() => pipeline.Run(trial, folds));
        Assert.AreEqual(1, asked);
    }

    private static double Rmse(MLContext ml, IDataView rows) => ml.Regression.Evaluate(rows).RootMeanSquaredError;

    private static double NotAsked(MLContext ml, IDataView rows) => throw new AssertFailedException("A dead model is not evaluated.");

    private static float[] Scores(ITransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<float>("Score")];

    private EstimatorChain<ITransformer> Healthy() => Chain(_ml.Regression.Trainers.Sdca(Models.Sdca()));

    private EstimatorChain<ITransformer> Dead() => Chain(Models.Keys(_ml), Models.DeadTrainer(_ml));

    /// <summary>A chain as AutoML builds it of what a trial draws.</summary>
    private static EstimatorChain<ITransformer> Chain(params IEstimator<ITransformer>[] stages) =>
        stages.Aggregate(new EstimatorChain<ITransformer>(), (chain, stage) => chain.Append(stage));

    private TrialFold[] Split() => [new TrialFold(Rows.Draw(_ml, 200, 1), Rows.Draw(_ml, 100, 2))];

    private Microsoft.ML.AutoML.TrialResult Run(Func<EstimatorChain<ITransformer>> build, Func<MLContext, IDataView, double> evaluate, bool isMaximized, IReadOnlyList<TrialFold> folds, GuardOptions? guard = null)
    {
        using var trial = new TrialControl(Made.Trial(), new GuardedExperimentOptions { Guard = guard ?? Quick }, null, CancellationToken.None);
        return new PipelineTrial(_ml, build, evaluate, isMaximized).Run(trial, folds);
    }
}
