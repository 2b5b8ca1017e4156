using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Models.Saved;
using MLNetDebug.Torch.Zoo.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class SavedWeightsTests
{
    [TestMethod]
    public void WeightsInManyPieces_ComeBackToTheBit()
    {
        using var trained = ModelCase.Create(TorchTask.OneVersusAll);
        var (pieces, _) = WeightWriter.Write(trained.Predictor, limit: 100);
        Assert.IsGreaterThan(5, pieces.Pieces.Length);
        Assert.IsTrue(pieces.Pieces.All(p => p.Length <= 100 + WeightPieces.HeaderLength));
        foreach (var limit in new[] { 100, WeightPieces.DefaultLimit })
        {
            using var batched = TorchModel.From(new TransformerChain<ITransformer>(trained.Preparation, SavedChain.Build(trained.Ml, trained.Predictor, limit)));
            Assert.AreEqual(ModelCase.Answers(trained.Model, trained.Data), ModelCase.Answers(batched, trained.Data));
        }
    }

    [TestMethod]
    public void BuffersAndTiedParameters_ComeBackToo()
    {
        using var network = new Tied();
        network.train();
        using (no_grad())
        using (var rows = randn(64, 4))
            network.call(rows).Dispose();
        network.eval();
        TorchNetwork.Register(new TorchNetwork("tied", (_, _) => new Tied()));
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable([new Four { Features = [1, -2, 3, 4] }, new Four { Features = [0, 1, 0, 2] }]);
        using var model = new TorchPredictionTransformer(ml, new TorchModelParameters(TorchNetwork.Find("tied")!, TorchTask.MulticlassClassification, [4], 4, "Features", null, [network]), data.Schema);
        using var again = TorchModel.From(SavedChain.Build(ml, model));
        Assert.AreEqual(ModelCase.Answers(model, data), ModelCase.Answers(again, data));
        var (before, after) = (network.state_dict(), again.Predictor.Model.Modules[0].state_dict());
        CollectionAssert.AreEqual(before.Keys, after.Keys);
        Assert.IsTrue(before.Keys.Any(k => k.EndsWith("num_batches_tracked")) && before.Keys.Any(k => k.EndsWith("running_mean")));
        foreach (var (name, tensor) in before)
            Assert.IsTrue(tensor.bytes.SequenceEqual(after[name].bytes), name);
        Assert.IsFalse(again.Predictor.Model.Modules[0].training);
    }

    [TestMethod]
    public void AnUnknownNetwork_IsNamed_WithWhatToWrite()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        var unknown = new TorchNetwork("nobody's", (_, _) => throw new NotSupportedException());
        using var model = new TorchPredictionTransformer(
            trained.Ml, new TorchModelParameters(unknown, TorchTask.Regression, [ModelRow.Slots], 1, "Features", null, trained.Predictor.Model.Modules), trained.Prepared.Schema);
        using var file = new ModelFile();
        trained.Ml.Model.Save(model, trained.Prepared.Schema, file.Path);
        var plain = trained.Ml.Model.Load(file.Path, out _);
        using var engine = trained.Ml.Model.CreatePredictionEngine<ModelRow, ModelNumber>(plain);
        const string Expected = "Register it before the first prediction: TorchNetwork.Register(new TorchNetwork(\"nobody's\", ...)).";
        Assert.Contains(Expected, Assert.ThrowsExactly<TorchModelException>(() => engine.Predict(new ModelRow())).Message);
        Assert.Contains(Expected, Assert.ThrowsExactly<TorchModelException>(() => TorchModel.From(plain)).Message);
        Assert.Contains(Expected, Assert.ThrowsExactly<TorchModelException>(() => TorchModel.Load(trained.Ml, file.Path, out _)).Message);
    }

    [TestMethod]
    public void AFactoryOfAnotherNetwork_IsToldTheFirstDifference()
    {
        Assert.Contains("gives '0.weight' the shape [9, 5], and the saved model has it with [8, 5]", Refused((shape, outputs) => nn.Sequential(nn.Linear(shape[0], 9), nn.ReLU(), nn.Linear(9, outputs))));
        Assert.Contains("has no parameter or buffer '0.bias', which the saved model has", Refused((shape, outputs) => nn.Sequential(nn.Linear(shape[0], 8, hasBias: false), nn.ReLU(), nn.Linear(8, outputs))));
        Assert.Contains("has '3.weight', which the saved model has not", Refused((shape, outputs) => nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(), nn.Linear(8, outputs), nn.Linear(outputs, outputs))));
        Assert.Contains("makes '0.weight' of type Float64, and the saved model has it as Float32", Refused((shape, outputs) => nn.Sequential(nn.Linear(shape[0], 8), nn.ReLU(), nn.Linear(8, outputs)).to(ScalarType.Float64)));
        Assert.Contains("threw for rows of shape [5] and 1 output(s): out of order", Refused((_, _) => throw new TimeZoneNotFoundException("out of order")));
        Assert.Contains("returned null", Refused((_, _) => null!));
    }

    [TestMethod]
    public void ANewerFormat_IsToldApartFromDamage()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        var (pieces, seal) = WeightWriter.Write(trained.Predictor);
        pieces.Pieces[0][8] = WeightPieces.Version + 1;
        Assert.Contains("was written in version 2 of the format of weights, and this MLNetDebug.Torch reads version 1 and older: update it", Refused(trained, pieces, seal));
    }

    [TestMethod]
    public void EveryBitOfTheWeights_IsWatched()
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        var (pieces, seal) = WeightWriter.Write(trained.Predictor, limit: 200);
        var before = TensorCount.Settled();
        for (var at = 0; at < pieces.Pieces.Sum(p => p.Length); at += 7)
        {
            var (piece, place) = (0, at);
            while (place >= pieces.Pieces[piece].Length)
                place -= pieces.Pieces[piece++].Length;
            pieces.Pieces[piece][place] ^= 0x10;
            Assert.Contains("saved network", Refused(trained, pieces, seal));
            pieces.Pieces[piece][place] ^= 0x10;
        }

        Assert.AreEqual(before, TensorCount.Settled());
        Assert.Contains("whole ones of another model", Refused(trained, pieces, new string('0', seal.Length)));
    }

    [TestMethod]
    public void ScoresAsText_ComeBackAsTheyWere_AndOthersAsNaN()
    {
        var ml = new MLContext(1);
        var random = new Random(3);
        var scores = Enumerable.Range(0, 3_000).Select(i => i % 2 == 0 ? MathF.Exp(-random.NextSingle() * 80) : BitConverter.Int32BitsToSingle(random.Next(0x7F80_0000))).ToArray();
        float[] special = [0, 1, float.Epsilon, float.NaN, float.PositiveInfinity, -1];
        special.CopyTo(scores, 0);
        var text = ScoreFields.Write(scores);
        Assert.AreEqual(scores.Length * ScoreFields.Width, text.Length);
        var data = ml.Data.LoadFromEnumerable([new Fields { Slots = [.. Enumerable.Range(1, scores.Length).Select(i => (float)i)], Text = text }], new SchemaOf(scores.Length).Definition);
        var read = ml.Transforms.Expression("Score", ScoreFields.Expression, "Slots", "Text").Fit(data).Transform(data).GetColumn<float[]>("Score").Single();
        for (var i = 0; i < scores.Length; i++)
            Assert.AreEqual(i is 3 or 4 or 5 ? float.NaN : scores[i], read[i], $"{i}: {text.Slice(i * 15, 15)}");
    }

    private static string Refused(Func<IReadOnlyList<long>, int, nn.Module<Tensor, Tensor>> factory)
    {
        using var trained = ModelCase.Create(TorchTask.Regression);
        var chain = SavedChain.Build(trained.Ml, trained.Predictor);
        TorchNetwork.Register(new TorchNetwork(ModelCase.Network, factory));
        try
        {
            return Assert.ThrowsExactly<TorchModelException>(() => TorchModel.From(chain)).Message;
        }
        finally
        {
            TorchNetwork.Register(ModelCase.Factory);
        }
    }

    private static string Refused(ModelCase trained, WeightPieces pieces, string seal)
    {
        var texts = pieces.Pieces.Select(p => WeightTexts.Encode(p)).Append(seal.AsMemory()).ToArray();
        return Assert.ThrowsExactly<TorchModelException>(() => WeightReader.Read(WeightTexts.Decode(texts))).Message;
    }

    private sealed class SchemaOf(int slots)
    {
        public SchemaDefinition Definition
        {
            get
            {
                var schema = SchemaDefinition.Create(typeof(Fields));
                schema["Slots"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, slots);
                return schema;
            }
        }
    }

    private sealed class Fields
    {
        public float[] Slots { get; set; } = [];

        public ReadOnlyMemory<char> Text { get; set; }
    }

    private sealed class Four
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear _first = nn.Linear(4, 4);
        private readonly TorchSharp.Modules.Linear _second = nn.Linear(4, 4);
        private readonly TorchSharp.Modules.BatchNorm1d _norm = nn.BatchNorm1d(4);

        public Tied()
            : base("tied")
        {
            _second.weight = _first.weight;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _second.call(_norm.call(_first.call(input)));
    }
}
