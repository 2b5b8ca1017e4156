using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.Zoo;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Pipelines;

/// <summary>Sweeps over ML.NET's own trainers, on real rows.</summary>
[TestClass]
public sealed class PipelineTrialTests
{
    private static readonly MLContext ML = new(seed: 1);

    private static readonly SearchSpace Rates = new() { LearningRate = new(1e-6, 1e6), BatchSizes = [] };

    private static DataOperationsCatalog.TrainTestData Rows()
    {
        var rows = ML.Data.LoadFromTextFile(
            Repository.PathOf("samples", "QuickStart", "data", "breast_cancer.csv"),
            [new TextLoader.Column("Features", DataKind.Single, 0, 29), new TextLoader.Column("Target", DataKind.Single, 30)], separatorChar: ',', hasHeader: true);
        var labelled = ML.Transforms.Conversion.ConvertType("Label", "Target", DataKind.Boolean).Fit(rows).Transform(rows);
        return ML.Data.TrainTestSplit(labelled, 0.3, seed: 1);
    }

    private static async Task<SweepResult> Sweep(Func<TrialContext, IEstimator<ITransformer>> pipeline, SweepMetric metric, int trials = 10)
    {
        using var store = new MemoryStudyStore();
        var rows = Rows();
        return await ML.Diagnostics().Sweep(rows.TrainSet, rows.TestSet, pipeline, new() { Metric = metric, Space = Rates, Budget = new() { Trials = trials }, Store = store, Repeats = 2 }, test: rows.TestSet);
    }

    [TestMethod]
    public async Task Sweep_FindsARateThatTrains()
    {
        var result = await Sweep(
            t => ML.Transforms.NormalizeMeanVariance("Features").Append(ML.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LearningRate = t.LearningRate, NumberOfThreads = 1 })),
            new("AreaUnderRocCurve", true));
        Assert.IsGreaterThan(0.97, result.Best!.Metric, result.ToString());
        Assert.IsNotNull(result.Model);
        Assert.IsGreaterThan(0.97, ML.BinaryClassification.Evaluate(result.Model.Transform(Rows().TestSet)).AreaUnderRocCurve);
        Assert.IsFalse(double.IsNaN(result.Best.TestMetric));
    }

    [TestMethod]
    public async Task Sweep_CrownsNoModelThatOverflows()
    {
        // A regression of raw units: at most rates the weights overflow, and ML.NET's evaluator calls such a model perfect or throws.
        var result = await Sweep(
            t => ML.Transforms.Conversion.ConvertType("Label", "Target", DataKind.Single).Append(ML.Regression.Trainers.OnlineGradientDescent(new OnlineGradientDescentTrainer.Options { LearningRate = (float)t.LearningRate, NumberOfIterations = 3 })),
            new("RootMeanSquaredError", false));
        if (result.Best is { } best)
            Assert.IsTrue(best.Metric is > 0.05 and < 0.5, result.ToString());
        Assert.IsTrue(result.Study.Trials.Any(t => t.State is TrialState.Pruned or TrialState.Failed));
    }

    [TestMethod]
    public async Task Metric_MustStandInItsOwnDirection()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Sweep(_ => ML.BinaryClassification.Trainers.SgdCalibrated(), new("LogLoss", true)));
        StringAssert.Contains(error.Message, "lower");
        await Assert.ThrowsAsync<ArgumentException>(() => Sweep(_ => ML.BinaryClassification.Trainers.SgdCalibrated(), new("LogLossReduction", false)));
    }

    [TestMethod]
    public async Task Metric_ThatIsNone_SaysWhichThereAre()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Sweep(_ => ML.BinaryClassification.Trainers.SgdCalibrated(), new("Acuracy", true)));
        StringAssert.Contains(error.Message, "AreaUnderRocCurve");
    }

    [TestMethod]
    public async Task Metric_OfAnotherTask_SaysWhichThereAre()
    {
        var result = await Sweep(
            t => ML.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LearningRate = t.LearningRate, NumberOfThreads = 1 }), new("MicroAccuracy", true));
        Assert.IsNull(result.Best);
        StringAssert.Contains(result.Summary, "AreaUnderRocCurve");
    }

    [TestMethod]
    public async Task Space_WithBatchSizesThatNobodyAsksFor_IsRefusedBeforeAnythingIsTrained()
    {
        using var store = new MemoryStudyStore();
        var rows = Rows();
        var options = new SweepOptions { Metric = new("AreaUnderRocCurve", true), Store = store };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => ML.Diagnostics().Sweep(
            rows.TrainSet, rows.TestSet, t => ML.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LearningRate = t.LearningRate }), options));
        StringAssert.Contains(error.Message, "BatchSizes = []");
    }

    [TestMethod]
    public async Task Token_OfTheGuard_EndsTheSweep()
    {
        using var store = new MemoryStudyStore();
        using var cancel = new CancellationTokenSource();
        var (rows, made) = (Rows(), 0);
        IEstimator<ITransformer> Cancelling(TrialContext trial)
        {
            if (++made > 1)
                cancel.Cancel();
            return ML.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LearningRate = trial.LearningRate });
        }

        var options = new SweepOptions { Metric = new("AreaUnderRocCurve", true), Space = Rates, Store = store, Study = "s" };
        await Assert.ThrowsAsync<OperationCanceledException>(() => ML.Diagnostics().Sweep(
            rows.TrainSet, rows.TestSet, Cancelling, options, new() { Guard = new() { CancellationToken = cancel.Token } }));
        Assert.AreEqual(2, made, "one to see what it asks for, and one trial");
        Assert.IsTrue(store.Read("s").Trials.All(t => t.State != TrialState.Failed), "what is cancelled has not failed");
    }

    [TestMethod]
    public async Task Sweep_WithoutTestRows_TrainsNoArms()
    {
        using var store = new MemoryStudyStore();
        var rows = Rows();
        var result = await ML.Diagnostics().Sweep(
            rows.TrainSet, rows.TestSet,
            t => ML.Transforms.NormalizeMeanVariance("Features").Append(ML.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LearningRate = t.LearningRate, NumberOfIterations = t.BatchSize / 16, NumberOfThreads = 1 })),
            new() { Metric = new("AreaUnderRocCurve", true), Space = new() { LearningRate = new(1e-4, 1), BatchSizes = [16, 128] }, Budget = new() { Trials = 6 }, Store = store, Repeats = 2 });
        Assert.IsNotNull(result.Best);
        Assert.IsFalse(result.Study.Trials.Any(t => t.Plan.Kind == TrialKind.Arm));
        StringAssert.Contains(result.BatchSizeVerdict, "no test rows");
    }
}
