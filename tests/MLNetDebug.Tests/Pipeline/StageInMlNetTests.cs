using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

/// <summary>What ML.NET does with a fitted chain must work through the check as without it.</summary>
[TestClass]
public sealed class StageInMlNetTests
{
    private readonly MLContext _ml = new(1);
    private readonly UserRule _rule = new();

    private DiagnosticsOptions Quiet => new() { Rules = [_rule], Sinks = [], TrainingBudget = TimeSpan.Zero };

    private EstimatorChain<BinaryPredictionTransformer<LinearBinaryModelParameters>> Checked() =>
        PipelineData.Concatenate(_ml).AppendDiagnostics(Quiet).Append(_ml.BinaryClassification.Trainers.AveragedPerceptron()).AppendDiagnostics(Quiet);

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Watching_ChangesNothing(bool cache)
    {
        CollectionAssert.AreEqual(Train(watched: false, cache), Train(watched: true, cache));
        Assert.AreEqual(2, _rule.Seen.Count);
    }

    private float[] Train(bool watched, bool cache)
    {
        var ml = new MLContext(1);
        var start = new EstimatorChain<ITransformer>().Append(PipelineData.Concatenate(ml));
        var data = watched ? start.AppendDiagnostics(Quiet) : start;
        var pipeline = (cache ? data.AppendCacheCheckpoint(ml) : data).Append(ml.BinaryClassification.Trainers.AveragedPerceptron());
        var model = (watched ? pipeline.AppendDiagnostics(Quiet) : pipeline).Fit(PipelineData.View(ml)).LastTransformer.Model;
        return [.. model.Weights, model.Bias];
    }

    [TestMethod]
    public void PredictionEngine_EqualsBulkScoring()
    {
        var model = Checked().Fit(PipelineData.View(_ml));
        var bulk = model.Transform(PipelineData.View(_ml)).GetColumn<float>("Score").ToArray();
        using var engine = _ml.Model.CreatePredictionEngine<PipelineData.Row, PipelineData.Prediction>(model);
        CollectionAssert.AreEqual(bulk, PipelineData.Rows().Select(r => engine.Predict(r).Score).ToArray());
    }

    [TestMethod]
    public void PermutationFeatureImportance_BothForms()
    {
        var data = PipelineData.View(_ml);
        var model = Checked().Fit(data);
        var scored = model.Transform(data);
        var typed = _ml.BinaryClassification.PermutationFeatureImportance(model.LastTransformer, scored);
        Assert.AreEqual(2, typed.Length);
        var untyped = _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, scored);
        Assert.AreEqual(2, untyped.Count);
        Assert.IsTrue(untyped["A"].AreaUnderRocCurve.Mean < untyped["B"].AreaUnderRocCurve.Mean, "A carries the label");
    }

    [TestMethod]
    public void CrossValidation_ChecksEveryFold()
    {
        var folds = _ml.BinaryClassification.CrossValidateNonCalibrated(PipelineData.View(_ml), Checked(), 3);
        Assert.AreEqual(6, _rule.Seen.Count);
        Assert.IsTrue(folds.All(f => f.Metrics.AreaUnderRocCurve > 0.8 && f.Model.DiagnosticReports().Count == 2));
    }

    [TestMethod]
    public void OneVersusAll_ChecksOnce()
    {
        var model = PipelineData.Concatenate(_ml)
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Kind"))
            .Append(_ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.AveragedPerceptron()))
            .AppendDiagnostics(Quiet)
            .Fit(PipelineData.View(_ml));
        Assert.AreEqual(1, _rule.Seen.Count);
        Assert.AreEqual("OneVersusAllTrainer", _rule.Seen[0].Declaration.Trainer!.Name);
        Assert.AreEqual(300, model.Transform(PipelineData.View(_ml)).GetColumn<uint>("PredictedLabel").Count());
    }

    [TestMethod]
    public void SavedModel_LoadsWithoutTheReportAndScoresAlike()
    {
        var data = PipelineData.View(_ml);
        var model = Checked().Fit(data);
        using var file = new MemoryStream();
        _ml.Model.Save(model, data.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(model.Transform(data).GetColumn<float>("Score").ToArray(), loaded.Transform(data).GetColumn<float>("Score").ToArray());
        Assert.AreEqual(0, loaded.DiagnosticReports().Count);
    }
}
