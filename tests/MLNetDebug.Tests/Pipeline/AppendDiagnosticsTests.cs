using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class AppendDiagnosticsTests
{
    private readonly MLContext _ml = new(1);
    private readonly UserRule _rule = new();

    private DiagnosticsOptions Quiet => new() { Rules = [_rule], Sinks = [], TrainingBudget = TimeSpan.Zero };

    [TestMethod]
    public void NoTrainer_StandsAtTheEndAndInferenceGoesOn()
    {
        EstimatorChain<ITransformer> checkedPart = PipelineData.Concatenate(_ml).AppendDiagnostics(Quiet);
        EstimatorChain<NormalizingTransformer> normalised = checkedPart.Append(_ml.Transforms.NormalizeMinMax("Features"));
        EstimatorChain<BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>> whole =
            normalised.Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression());
        var model = whole.Fit(PipelineData.View(_ml));
        Assert.AreEqual(2, model.LastTransformer.Model.SubModel.Weights.Count);
        CollectionAssert.AreEqual(
            new[] { "ColumnConcatenatingTransformer", "DiagnosticsTransformer", "NormalizingTransformer", "BinaryPredictionTransformer`1" },
            model.Select(t => t.GetType().Name).ToArray());
    }

    [TestMethod]
    public void ChainEndingInATrainer_StandsBeforeItAndKeepsTheType()
    {
        EstimatorChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> pipeline = PipelineData.Concatenate(_ml)
            .Append(_ml.Regression.Trainers.Sdca("Target"))
            .AppendDiagnostics(Quiet);
        var model = pipeline.Fit(PipelineData.View(_ml));
        Assert.AreEqual(2, model.LastTransformer.Model.Weights.Count);
        Assert.IsInstanceOfType<DiagnosticsTransformer>(model.ElementAt(1));
        var declared = _rule.Seen.Single().Declaration;
        Assert.AreEqual("Target", declared.Label);
        Assert.AreEqual("SdcaRegressionTrainer", declared.Trainer!.Name);
    }

    [TestMethod]
    public void TrainerAlone_StandsBeforeIt()
    {
        var data = PipelineData.Concatenate(_ml).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml));
        EstimatorChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> pipeline =
            _ml.Regression.Trainers.OnlineGradientDescent("Target").AppendDiagnostics(Quiet);
        Assert.IsInstanceOfType<DiagnosticsTransformer>(pipeline.Fit(data).First());
    }

    /// <summary>That it compiles is the test: which overload takes a call is settled by what the static type is fitted to.</summary>
    [TestMethod]
    public void StaticTypes_OfEstimatorsAsMlNetGivesThem()
    {
        EstimatorChain<ITransformer> transform = _ml.Transforms.Concatenate("Features", "A", "B").AppendDiagnostics(Quiet);
        EstimatorChain<ITransformer> chain = _ml.Transforms.CopyColumns("Copy", "A").Append(_ml.Transforms.NormalizeMinMax("Copy")).AppendDiagnostics(Quiet);
        EstimatorChain<ClusteringPredictionTransformer<KMeansModelParameters>> clusters = _ml.Clustering.Trainers.KMeans("Features", numberOfClusters: 2).AppendDiagnostics(Quiet);
        EstimatorChain<FieldAwareFactorizationMachinePredictionTransformer> machine = _ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine(["Features"]).AppendDiagnostics(Quiet);
        EstimatorChain<MulticlassPredictionTransformer<OneVersusAllModelParameters>> several =
            _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.AveragedPerceptron()).AppendDiagnostics(Quiet);
        var model = transform.Append(clusters).Fit(PipelineData.View(_ml));
        Assert.AreEqual(2, model.DiagnosticReports().Count);
        foreach (var stages in new[] { EstimatorChains.StagesOf(machine), EstimatorChains.StagesOf(several) })
            Assert.IsInstanceOfType<DiagnosticsEstimator>(stages[0].Estimator);
        Assert.IsInstanceOfType<DiagnosticsEstimator>(EstimatorChains.StagesOf(chain)[2].Estimator);
    }

    [TestMethod]
    public void TrainerBehindItsInterface_StandsBeforeIt()
    {
        IEstimator<ITransformer> pipeline = PipelineData.Concatenate(_ml).Append(_ml.Regression.Trainers.OnlineGradientDescent("Target"));
        var model = pipeline.AppendDiagnostics(Quiet).Fit(PipelineData.View(_ml));
        CollectionAssert.AreEqual(
            new[] { "ColumnConcatenatingTransformer", "DiagnosticsTransformer", "RegressionPredictionTransformer`1" },
            model.Select(t => t.GetType().Name).ToArray());
    }

    [TestMethod]
    public void StagesAfterTheTrainer_StayAfterIt()
    {
        var pipeline = PipelineData.Concatenate(_ml)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Kind"))
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy())
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .AppendDiagnostics(Quiet);
        var names = pipeline.Fit(PipelineData.View(_ml)).Select(t => t.GetType().Name).ToList();
        Assert.AreEqual(names.IndexOf("DiagnosticsTransformer") + 1, names.IndexOf("MulticlassPredictionTransformer`1"));
        Assert.AreEqual("KeyToValueMappingTransformer", names[^1]);
    }

    [TestMethod]
    public void CalibratorAtTheEnd_StandsBeforeTheTrainer()
    {
        var pipeline = PipelineData.Concatenate(_ml)
            .Append(_ml.BinaryClassification.Trainers.AveragedPerceptron())
            .Append(_ml.BinaryClassification.Calibrators.Platt())
            .AppendDiagnostics(Quiet);
        var model = pipeline.Fit(PipelineData.View(_ml));
        Assert.IsInstanceOfType<DiagnosticsTransformer>(model.ElementAt(1));
        Assert.IsInstanceOfType<CalibratorTransformer<PlattCalibrator>>(model.LastTransformer);
    }

    [TestMethod]
    public void TrainerInANestedChain_StandsBeforeItThere()
    {
        var inner = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.BinaryClassification.Trainers.AveragedPerceptron());
        var model = PipelineData.Concatenate(_ml).Append(inner).AppendDiagnostics(Quiet).Fit(PipelineData.View(_ml));
        CollectionAssert.AreEqual(
            new[] { "ColumnConcatenatingTransformer", "NormalizingTransformer", "DiagnosticsTransformer", "BinaryPredictionTransformer`1" },
            FittedStages.Of(model).Select(t => t.GetType().Name).ToArray());
        Assert.AreEqual(1, model.DiagnosticReports().Count);
    }

    [TestMethod]
    public void ScopesAndCacheCheckpoints_AreKept()
    {
        var pipeline = PipelineData.Concatenate(_ml)
            .Append(_ml.Transforms.CopyColumns("Copy", "A"), TransformerScope.TrainTest)
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Regression.Trainers.OnlineGradientDescent("Target"), TransformerScope.Scoring);
        var stages = EstimatorChains.StagesOf(pipeline.AppendDiagnostics(Quiet));
        CollectionAssert.AreEqual(
            new[] { TransformerScope.Everything, TransformerScope.TrainTest, TransformerScope.Everything, TransformerScope.Scoring },
            stages.Select(s => s.Scope).ToArray());
        CollectionAssert.AreEqual(new[] { false, true, false, false }, stages.Select(s => s.CacheAfter).ToArray());
    }

    [TestMethod]
    public void TwoChecks_BothReport()
    {
        var model = PipelineData.Concatenate(_ml).AppendDiagnostics(Quiet)
            .Append(_ml.Transforms.NormalizeMeanVariance("Features"))
            .Append(_ml.Regression.Trainers.OnlineGradientDescent("Target"))
            .AppendDiagnostics(Quiet)
            .Fit(PipelineData.View(_ml));
        Assert.AreEqual(2, model.DiagnosticReports().Count);
    }

    [TestMethod]
    public void OneTransformAlone_IsCheckedAfterIt()
    {
        var model = PipelineData.Concatenate(_ml).AppendDiagnostics(Quiet).Fit(PipelineData.View(_ml));
        CollectionAssert.Contains(_rule.Seen.Single().Declaration.Features.ToArray(), "Features");
        Assert.IsInstanceOfType<DiagnosticsTransformer>(model.LastTransformer);
    }

    [TestMethod]
    public void UnreadablePipeline_SaysAtOnceWhereToPutTheCall()
    {
        var wrapper = new Wrapper(PipelineData.Concatenate(_ml).Append(_ml.Regression.Trainers.OnlineGradientDescent("Target")));
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => wrapper.AppendDiagnostics());
        StringAssert.Contains(error.Message, "Call AppendDiagnostics() on the part of the pipeline before the trainer");
    }

    [TestMethod]
    public void WrongOptions_ThrowAtOnceAndNotAtFit() =>
        Assert.ThrowsExactly<ArgumentException>(() => PipelineData.Concatenate(_ml).AppendDiagnostics(new DiagnosticsOptions { BatchSize = 0 }));

    [TestMethod]
    public void Null_IsRefused() => Assert.ThrowsExactly<ArgumentNullException>(() => ((IEstimator<ITransformer>)null!).AppendDiagnostics());

    private sealed class Wrapper(EstimatorChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> inner)
        : IEstimator<TransformerChain<RegressionPredictionTransformer<LinearRegressionModelParameters>>>
    {
        public TransformerChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> Fit(IDataView input) => inner.Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }
}
