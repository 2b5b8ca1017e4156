using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards;

/// <summary>What ML.NET does with a trainer and its model must work under guard as without it.</summary>
[TestClass]
public sealed class GuardInMlNetTests
{
    private static readonly StockRows Rows = StockRows.Draw(300, 6);

    private readonly MLContext _ml = new(1);

    private static GuardOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    public void Fit_ReturnsTheTrainersOwnTransformer_WithItsReport()
    {
        var guarded = _ml.BinaryClassification.Trainers.AveragedPerceptron().Guard(Quiet);
        var data = PipelineData.Concatenate(_ml).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml));
        var model = guarded.Fit(data);
        // The static type is the trainer's: its weights can be read.
        Assert.HasCount(2, model.Model.Weights);
        Assert.AreSame(guarded.LastReport, model.DiagnosticReports().Single());
        Assert.AreEqual("guarded fit of AveragedPerceptronTrainer", guarded.LastReport!.Title);
        Assert.AreEqual(FitOutcome.Completed, guarded.LastRun!.Outcome);
        Assert.IsTrue(guarded.Info.NeedNormalization);
    }

    [TestMethod]
    public void SavedModel_NeedsNothingOfOurs_AndScoresAlike()
    {
        var data = PipelineData.View(_ml);
        var model = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.SdcaLogisticRegression().Guard(Quiet)).Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(model.Transform(data).GetColumn<float>("Score").ToArray(), loaded.Transform(data).GetColumn<float>("Score").ToArray());
        Assert.DoesNotContain("MLNetDebug", System.Text.Encoding.Latin1.GetString(file.ToArray()));
        Assert.IsEmpty(loaded.DiagnosticReports());
    }

    [TestMethod]
    public void OneVersusAll_GuardsEachFitOfItsTrainer()
    {
        var reports = new List<DiagnosticReport>();
        var options = Quiet with { Diagnostics = new DiagnosticsOptions { Sinks = [DiagnosticsSink.Callback(reports.Add)] } };
        var inner = _ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Class).Guard(options);
        var model = _ml.MulticlassClassification.Trainers.OneVersusAll(inner, StockRows.Class).Fit(Rows.ToView());
        // One fit for each class, and one for ML.NET to see what the trainer gives.
        Assert.HasCount(4, reports);
        Assert.IsGreaterThan(0.6, _ml.MulticlassClassification.Evaluate(model.Transform(Rows.ToView()), StockRows.Class).MicroAccuracy);
    }

    [TestMethod]
    public void CrossValidation_GuardsEachFold()
    {
        var pipeline = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron().Guard(Quiet));
        var folds = _ml.BinaryClassification.CrossValidateNonCalibrated(PipelineData.View(_ml), pipeline, 3);
        Assert.IsTrue(folds.All(f => f.Metrics.AreaUnderRocCurve > 0.8 && f.Model.DiagnosticReports().Count == 1));
    }

    [TestMethod]
    public void PermutationFeatureImportance_BothForms()
    {
        var data = PipelineData.View(_ml);
        var model = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron().Guard(Quiet)).Fit(data);
        var scored = model.Transform(data);
        Assert.HasCount(2, _ml.BinaryClassification.PermutationFeatureImportance(model.LastTransformer, scored));
        Assert.HasCount(2, _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, scored));
    }

    [TestMethod]
    public void PredictionEngine_EqualsBulkScoring()
    {
        var model = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron().Guard(Quiet)).Fit(PipelineData.View(_ml));
        using var engine = _ml.Model.CreatePredictionEngine<PipelineData.Row, PipelineData.Prediction>(model);
        CollectionAssert.AreEqual(model.Transform(PipelineData.View(_ml)).GetColumn<float>("Score").ToArray(), PipelineData.Rows().Select(r => engine.Predict(r).Score).ToArray());
    }

    [TestMethod]
    public void Chain_GuardsItsLastTrainer_AndKeepsItsType()
    {
        var chain = PipelineData.Concatenate(_ml).Append(_ml.Transforms.NormalizeMinMax("Features")).AppendCacheCheckpoint(_ml)
            .Append(_ml.BinaryClassification.Trainers.AveragedPerceptron()).Guard(Quiet);
        var model = chain.Fit(PipelineData.View(_ml));
        Assert.HasCount(2, model.LastTransformer.Model.Weights);
        Assert.AreEqual("guarded fit of AveragedPerceptronTrainer", model.DiagnosticReports().Single().Title);
    }

    [TestMethod]
    public void Chain_ThatGoesOnBehindItsTrainer_GuardsTheTrainer()
    {
        var chain = new EstimatorChain<ITransformer>()
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(StockRows.Class))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Guard(Quiet);
        Assert.AreEqual("guarded fit of SdcaMaximumEntropyMulticlassTrainer", chain.Fit(Rows.ToView()).DiagnosticReports().Single().Title);
    }

    [TestMethod]
    public void PipelineOfUnknownType_GuardsTheTrainerInIt()
    {
        // As a method's result or a variable of the interface: the compiler sees no chain.
        IEstimator<ITransformer> inner = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.BinaryClassification.Trainers.AveragedPerceptron());
        IEstimator<ITransformer> pipeline = PipelineData.Concatenate(_ml).Append(inner);
        var guarded = pipeline.Guard(Quiet);
        Assert.IsNull(guarded.LastReport);
        var model = guarded.Fit(PipelineData.View(_ml));
        Assert.AreEqual("guarded fit of AveragedPerceptronTrainer", model.DiagnosticReports().Single().Title);
        Assert.AreSame(guarded.LastReport, model.DiagnosticReports().Single());
        Assert.AreEqual(FitOutcome.Completed, guarded.LastRun!.Outcome);
        IEstimator<ITransformer> none = PipelineData.Concatenate(_ml).Append(_ml.Transforms.NormalizeMinMax("Features"));
        Assert.Contains("holds no trainer", Assert.ThrowsExactly<ArgumentException>(() => none.Guard()).Message);
    }

    [TestMethod]
    public void AppendDiagnostics_ReadsTheTrainerInsideTheGuard()
    {
        var chain = PipelineData.Concatenate(_ml).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron().Guard(Quiet)).AppendDiagnostics(new DiagnosticsOptions { Sinks = [] });
        var reports = chain.Fit(PipelineData.View(_ml)).DiagnosticReports();
        Assert.HasCount(2, reports);
        Assert.Contains("Task: BinaryClassification, as AveragedPerceptronTrainer learns.", reports[0].Assumptions);
    }

    [TestMethod]
    public void WhatDoesNotTrain_CannotBeGuarded()
    {
        Assert.Contains("does not train", Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.NormalizeMinMax("A").Guard()).Message);
        var chain = new EstimatorChain<ITransformer>().Append(_ml.Transforms.NormalizeMinMax("A"));
        Assert.Contains("holds no trainer", Assert.ThrowsExactly<ArgumentException>(() => chain.Guard()).Message);
        Assert.Contains("under guard already", Assert.ThrowsExactly<ArgumentException>(() => _ml.Regression.Trainers.Sdca().Guard().Guard()).Message);
    }

    [TestMethod]
    public void Options_AreCheckedInOneMessage()
    {
        var options = new GuardOptions { ScoredRows = 1, MaxPasses = 0, OnDivergence = (DivergenceAction)9, Diagnostics = new DiagnosticsOptions { Trainer = _ml.Regression.Trainers.Sdca() } };
        var message = Assert.ThrowsExactly<ArgumentException>(() => _ml.Regression.Trainers.Sdca().Guard(options)).Message;
        foreach (var part in new[] { "ScoredRows", "MaxPasses", "OnDivergence", "must be left open" })
            Assert.Contains(part, message);
    }
}
