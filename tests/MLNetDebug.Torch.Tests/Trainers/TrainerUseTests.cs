using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers;

/// <summary>The trainer among ML.NET's own tools.</summary>
[TestClass]
public sealed class TrainerUseTests
{
    private static readonly TorchNetwork Small = new("test-use", (shape, outputs) => Sequential(Linear(shape[0], 16), ReLU(), Linear(16, outputs)));

    private static readonly TorchTrainerOptions Quick = new() { Epochs = 10, LearningRate = 0.01 };

    private static MLContext ML => Tables.ML;

    [TestMethod]
    public void CrossValidate_trains_and_scores_every_fold()
    {
        var folds = ML.MulticlassClassification.CrossValidate(Tables.Classes(), Multiclass(), numberOfFolds: 3);
        Assert.AreEqual(3, folds.Count);
        Assert.IsTrue(folds.All(f => f.Metrics.MicroAccuracy > 0.7 && f.Metrics.LogLoss < 0.8), string.Join(' ', folds.Select(f => $"{f.Metrics.MicroAccuracy} {f.Metrics.LogLoss}")));
        Assert.IsTrue(ML.Regression.CrossValidate(Tables.Numbers(), ML.Regression.Trainers.Torch(Small, Quick with { Epochs = 30 }), numberOfFolds: 2).All(f => f.Metrics.RSquared > 0.9));
        Assert.IsTrue(ML.BinaryClassification.CrossValidate(Tables.Two(), ML.BinaryClassification.Trainers.Torch(Small, Quick), numberOfFolds: 2).All(f => f.Metrics.AreaUnderRocCurve > 0.8));
    }

    [TestMethod]
    public void Feature_importances_find_the_features_that_matter()
    {
        var data = Tables.Numbers();
        var trained = ML.Regression.Trainers.Torch(Small, Quick with { Epochs = 30 }).Fit(data);
        var importances = ML.Regression.PermutationFeatureImportance(trained, data).Select(i => -i.RSquared.Mean).ToArray();
        Assert.AreEqual(5, importances.Length);
        Assert.IsTrue(importances[1] > importances[0] && importances[0] > importances.Skip(2).Max() + 0.1, string.Join(' ', importances));
    }

    [TestMethod]
    public void OneVersusAll_gives_the_columns_of_a_classifier()
    {
        var trainer = ML.MulticlassClassification.Trainers.OneVersusAll(ML.BinaryClassification.Trainers.Torch(Small, Quick));
        var scored = trainer.Fit(Tables.Classes()).Transform(Tables.Classes(300, 2));
        Assert.IsTrue(ML.MulticlassClassification.Evaluate(scored).MicroAccuracy > 0.7);
        Assert.IsTrue(scored.GetColumn<float[]>("Score").All(s => Math.Abs(s.Sum() - 1) < 1e-5));
        Assert.AreEqual(3, ((VectorDataViewType)scored.Schema["Score"].Type).Size);
    }

    [TestMethod]
    public void A_prediction_engine_answers_as_the_batch_does_before_saving_and_after_loading()
    {
        var data = Tables.Classes();
        var model = Multiclass().Fit(data);
        var scores = model.Transform(data).GetColumn<float[]>("Score").Take(20).ToArray();
        using var file = new MemoryStream();
        ML.Model.Save(model, data.Schema, file);
        file.Position = 0;
        foreach (var one in new[] { model, ML.Model.Load(file, out _) })
        {
            using var engine = ML.Model.CreatePredictionEngine<Tables.ClassRow, Answer>(one);
            var rows = Tables.Draw(600, 1);
            for (var i = 0; i < 20; i++)
            {
                var answer = engine.Predict(rows[i]);
                Assert.AreEqual(3, answer.Score.Length);
                for (var k = 0; k < 3; k++)
                    Assert.AreEqual(scores[i][k], answer.Score[k], 1e-6);
            }
        }
    }

    [TestMethod]
    public void Calibrators_and_a_temperature_make_probabilities_of_it()
    {
        var data = Tables.Two();
        var platt = ML.BinaryClassification.Trainers.Torch(Small, Quick).Append(ML.BinaryClassification.Calibrators.Platt()).Fit(data).Transform(data);
        Assert.IsTrue(ML.BinaryClassification.Evaluate(platt).LogLoss < 0.8);
        var scaled = ML.BinaryClassification.Trainers.Torch(Small, Quick with { Calibrate = true, ValidationFraction = 0.3 }).Fit(data);
        Assert.AreNotEqual(1, scaled.Model.Temperature);
        var first = scaled.Transform(data).GetColumn<float>("Score").Zip(scaled.Transform(data).GetColumn<float>("Probability")).First();
        Assert.AreEqual(1 / (1 + Math.Exp(-first.First / scaled.Model.Temperature)), first.Second, 1e-5);
    }

    [TestMethod]
    public void AppendDiagnostics_looks_at_the_data_before_the_trainer_does()
    {
        var rows = Tables.Draw(600, 1).OrderBy(r => r.Class).ToArray();
        foreach (var row in rows)
            row.Features[3] = 5000 + (1000 * row.Features[3]);
        DiagnosticReport? report = null;
        var model = Multiclass().AppendDiagnostics(new DiagnosticsOptions { Sinks = [DiagnosticsSink.Callback(r => report = r)], FailOn = Severity.None }).Fit(Tables.Keyed(rows));
        Assert.IsTrue(report!.Findings.Any(f => f.Rule.Id == RuleIds.FeatureScale && f.Severity == Severity.Warning && f.Subject.Slot == 3));
        // Rows sorted by label spoil nothing where the trainer shuffles them.
        Assert.IsFalse(report.Findings.Any(f => f.Rule.Id is RuleIds.UnshuffledRows or RuleIds.OneLabelBatches && f.Severity >= Severity.Warning));
        Assert.Contains("TorchMulticlassTrainer", string.Join(' ', report.Assumptions));
        Assert.IsNotNull(model.Transform(Tables.Classes()).Schema.GetColumnOrNull("Score"));
        // A fact stops before a network is made.
        rows[0].Features[0] = float.PositiveInfinity;
        Assert.ThrowsExactly<DiagnosticException>(() => Multiclass().AppendDiagnostics(new DiagnosticsOptions { Sinks = [] }).Fit(Tables.Keyed(rows)));
    }

    [TestMethod]
    public void Guard_stands_around_it_as_around_any_trainer()
    {
        var model = Multiclass().Guard().Fit(Tables.Classes());
        Assert.IsTrue(ML.MulticlassClassification.Evaluate(model.Transform(Tables.Classes(300, 2))).MicroAccuracy > 0.7);
    }

    [TestMethod]
    public void What_follows_in_a_pipeline_finds_its_columns_before_it_is_fitted()
    {
        var model = ML.Transforms.NormalizeMeanVariance("Features").Append(Multiclass()).Append(ML.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel")).Fit(Tables.Classes());
        var named = model.Transform(Tables.Classes(300, 2));
        Assert.IsTrue(named.GetColumn<int>("Name").Zip(named.GetColumn<int>("Class")).Count(p => p.First == p.Second) > 210);
        Assert.IsTrue(Multiclass().Info.NeedNormalization);
        var wrong = ML.Transforms.NormalizeMeanVariance("Features").Append(ML.MulticlassClassification.Trainers.Torch(Small, new() { LabelColumnName = "Class" }));
        Assert.Contains("Class", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => wrong.Fit(Tables.Classes())).Message);
    }

    [TestMethod]
    public void Images_are_trained_on_by_their_pixels()
    {
        var random = new Random(1);
        Picture[] pictures = [.. Enumerable.Range(0, 120).Select(i => Picture.Of(i % 2 == 0, random))];
        var data = ML.Data.LoadFromEnumerable(pictures);
        long[]? seen = null;
        var network = new TorchNetwork("test-pictures", (shape, outputs) =>
        {
            seen = [.. shape];
            return Sequential(Flatten(), Linear(shape[0] * shape[1] * shape[2], outputs));
        });
        var model = ML.BinaryClassification.Trainers.Torch(network, new() { FeatureColumnName = "Image", Epochs = 10, LearningRate = 0.01 }).Fit(data);
        CollectionAssert.AreEqual(new long[] { 3, 4, 6 }, seen);
        Assert.IsTrue(ML.BinaryClassification.Evaluate(model.Transform(data)).Accuracy > 0.95);
        Assert.IsNull(model.Transform(data).Schema.GetColumnOrNull(ImagePixels.Column));
    }

    private static TorchMulticlassTrainer Multiclass() => ML.MulticlassClassification.Trainers.Torch(Small, Quick);

    private sealed class Picture
    {
        [Microsoft.ML.Transforms.Image.ImageType(4, 6)]
        public MLImage Image { get; set; } = null!;

        public bool Label { get; set; }

        /// <summary>Red at the left or at the right, and noise.</summary>
        public static Picture Of(bool isLeft, Random random)
        {
            var pixels = new byte[4 * 6 * 4];
            random.NextBytes(pixels);
            for (var i = 0; i < pixels.Length; i += 4)
            {
                pixels[i] = (byte)((i / 4 % 6 < 3) == isLeft ? 200 + (pixels[i] / 5) : pixels[i] / 5);
                pixels[i + 3] = 255;
            }

            return new Picture { Label = isLeft, Image = MLImage.CreateFromPixels(6, 4, MLPixelFormat.Rgba32, pixels) };
        }
    }

    private sealed class Answer
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
