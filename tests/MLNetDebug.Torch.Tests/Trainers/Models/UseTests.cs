using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class UseTests
{
    [TestMethod]
    public void MLNetsEvaluators_TakeTheScores_BeforeSavingAndAfterLoading()
    {
        foreach (var task in Enum.GetValues<TorchTask>())
        {
            using var trained = ModelCase.Create(task);
            using var file = new ModelFile(trained);
            var plain = trained.Ml.Model.Load(file.Path, out _);
            var figures = new[] { trained.Model, plain, TorchModel.From(plain) }.Select(m => Figure(trained.Ml, task, m.Transform(trained.Data))).ToArray();
            Assert.IsTrue(figures.All(double.IsFinite), $"{task}: {string.Join(", ", figures)}");
            Assert.AreEqual(figures[0], figures[2], $"{task}: in batches");
            Assert.AreEqual(figures[0], figures[1], 1e-5, $"{task}: row by row");
        }
    }

    [TestMethod]
    public void PermutationFeatureImportance_NamesTheSlotTheNetworkReads()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable(ModelRow.Draw(200));
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label", nameof(ModelRow.Class)).Fit(data).Transform(data);
        using var model = Probe.Of(
            ml, keyed.Schema, TorchTask.MulticlassClassification, x => cat([-x.narrow(1, 0, 1), -(x.narrow(1, 0, 1) * 3).abs() + 0.5f, x.narrow(1, 0, 1)], 1), label: "Label", classes: 3);
        var changes = ml.MulticlassClassification.PermutationFeatureImportance(model, keyed);
        Assert.HasCount(ModelRow.Slots, changes);
        Assert.IsLessThan(-0.2, changes[0].MicroAccuracy.Mean);
        Assert.IsTrue(changes.Skip(1).All(c => c.MicroAccuracy.Mean == 0));

        using var number = Probe.Of(ml, keyed.Schema, TorchTask.Regression, x => x.narrow(1, 2, 1) * 3 + 1);
        var numbers = ml.Regression.PermutationFeatureImportance(number, keyed, labelColumnName: nameof(ModelRow.Number));
        Assert.IsGreaterThan(0.5, numbers[2].RootMeanSquaredError.Mean);
        Assert.AreEqual(0, numbers[0].RootMeanSquaredError.Mean);
    }

    [TestMethod]
    public void Images_AreScoredByTheirPixels_WhichNoColumnShows_BeforeSavingAndAfterLoading()
    {
        TorchNetwork.Register(new TorchNetwork("image", (shape, outputs) => nn.Sequential(nn.Flatten(), nn.Linear(shape.Aggregate((a, b) => a * b), outputs))));
        var ml = new MLContext(1);
        var (rows, data) = Pictures(ml);
        var network = TorchNetwork.Find("image")!;
        var module = network.Create([3, 2, 4], 1);
        using var model = new TorchPredictionTransformer(ml, new TorchModelParameters(network, TorchTask.Regression, [3, 2, 4], 1, "Image", "Brightness", [module]), data.Schema);
        var scores = model.Transform(data).GetColumn<float>("Score").ToArray();
        using (var one = ones([1, 3, 2, 4]))
        using (var black = module.call(one * 0))
        using (var white = module.call(one))
        {
            for (var i = 0; i < rows.Length; i++)
                Assert.AreEqual(black.ToSingle() + (white.ToSingle() - black.ToSingle()) * (i * 40 / 255f), scores[i], 1e-5);
        }

        using var file = new ModelFile();
        ml.Model.Save(model, data.Schema, file.Path);
        var plain = ml.Model.Load(file.Path, out _);
        using var batched = TorchModel.From(plain);
        CollectionAssert.AreEqual(scores, batched.Transform(data).GetColumn<float>("Score").ToArray());
        var single = model.WithBatchSize(1).Transform(data).GetColumn<float>("Score").ToArray();
        foreach (var scorer in new ITransformer[] { model, batched, plain })
        {
            // ML.NET's own reader of pixels, in the plain model, disposes of the last image of a pass.
            var (fresh, again) = Pictures(ml);
            CollectionAssert.AreEqual(new[] { "Image", "Brightness", "Score" }, scorer.GetOutputSchema(data.Schema).Select(c => c.Name).ToArray());
            using var engine = ml.Model.CreatePredictionEngine<Picture, ModelNumber>(scorer, new PredictionEngineOptions { OwnsTransformer = false });
            CollectionAssert.AreEqual(single, fresh.Select(r => engine.Predict(r).Score).ToArray());
            // An image that was read ahead is that of its own row.
            var read = ml.Data.CreateEnumerable<ScoredPicture>(scorer.Transform(again), reuseRowObject: false).ToArray();
            Assert.IsTrue(read.Zip(fresh).All(p => ReferenceEquals(p.First.Image, p.Second.Image)));
        }
    }

    [TestMethod]
    public void AnImageOfAnotherSize_IsToldSo()
    {
        var ml = new MLContext(1);
        var (_, data) = Pictures(ml);
        using var model = Probe.Of(ml, data.Schema, TorchTask.Regression, x => x.sum([1, 2], type: ScalarType.Float32).narrow(1, 0, 1), feature: "Image", shape: [3, 2, 4]);
        var wrong = ml.Data.LoadFromEnumerable([new Picture { Image = MLImage.CreateFromPixels(2, 4, MLPixelFormat.Bgra32, new byte[32]) }]);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(wrong).GetColumn<float>("Score").ToArray());
        Assert.Contains("Column 'Image' has an image of 4 x 2 pixels where the network was trained on the shape [3, 2, 4]", error.Message);
    }

    private static (Picture[] Rows, IDataView Data) Pictures(MLContext ml)
    {
        var rows = Enumerable.Range(0, 5).Select(i => new Picture { Image = Drawn(i * 40), Brightness = i }).ToArray();
        return (rows, ml.Data.LoadFromEnumerable(rows));
    }

    private static MLImage Drawn(int grey) => MLImage.CreateFromPixels(4, 2, MLPixelFormat.Bgra32, [.. Enumerable.Range(0, 8).SelectMany(_ => new byte[] { (byte)grey, (byte)grey, (byte)grey, 255 })]);

    private static double Figure(MLContext ml, TorchTask task, IDataView scored) => task switch
    {
        TorchTask.Regression => ml.Regression.Evaluate(scored, ModelCase.LabelOf(task)).RootMeanSquaredError,
        TorchTask.BinaryClassification => ml.BinaryClassification.Evaluate(scored, ModelCase.LabelOf(task)).LogLoss,
        _ => ml.MulticlassClassification.Evaluate(scored).LogLoss,
    };

    private class Picture
    {
        [Microsoft.ML.Transforms.Image.ImageType(2, 4)]
        public MLImage? Image { get; set; }

        public float Brightness { get; set; }
    }

    private sealed class ScoredPicture : Picture
    {
        public float Score { get; set; }
    }
}
