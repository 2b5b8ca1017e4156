using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Models;
using MLNetDebug.Torch.Zoo.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class AnswersTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void TwoClasses_GetTheLogit_TheSigmoidOfItOverTheTemperature_AndTheClassAbove0()
    {
        var data = Rows([[2, 0], [-1, 0], [0, 0]]);
        using var model = Probe.Of(_ml, data.Schema, TorchTask.BinaryClassification, x => x.narrow(1, 0, 1), temperature: 2);
        var scored = model.Transform(data);
        CollectionAssert.AreEqual(new[] { 2f, -1, 0 }, scored.GetColumn<float>("Score").ToArray());
        CollectionAssert.AreEqual(new[] { true, false, false }, scored.GetColumn<bool>("PredictedLabel").ToArray());
        var probabilities = scored.GetColumn<float>("Probability").ToArray();
        Assert.AreEqual(1 / (1 + Math.Exp(-1)), probabilities[0], 1e-6);
        Assert.AreEqual(1 / (1 + Math.Exp(0.5)), probabilities[1], 1e-6);
        Assert.AreEqual(0.5f, probabilities[2]);
    }

    [TestMethod]
    public void SeveralClasses_GetTheSoftmaxOfTheLogitsOverTheTemperature()
    {
        var data = Rows([[1, 3], [900, -900]]);
        using var model = Probe.Of(_ml, data.Schema, TorchTask.MulticlassClassification, x => x.clone(), classes: 2, temperature: 4);
        var scores = model.Transform(data).GetColumn<float[]>("Score").ToArray();
        Assert.AreEqual(1 / (1 + Math.Exp(0.5)), scores[0][0], 1e-6);
        Assert.AreEqual(1, scores[0].Sum(), 1e-6);
        CollectionAssert.AreEqual(new[] { 1f, 0 }, scores[1]);
        CollectionAssert.AreEqual(new uint[] { 2, 1 }, model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void OneVersusAll_GetsSigmoidsThatSumTo1_AlsoWhereAllAreFarOff()
    {
        var data = Rows([[1, 3], [-900, -901]]);
        using var model = Probe.Around(_ml, data.Schema, TorchTask.OneVersusAll, [new Probe(x => x.narrow(1, 0, 1)), new Probe(x => x.narrow(1, 1, 1))], classes: 2);
        var scores = model.Transform(data).GetColumn<float[]>("Score").ToArray();
        var (a, b) = (1 / (1 + Math.Exp(-1)), 1 / (1 + Math.Exp(-3)));
        Assert.AreEqual(a / (a + b), scores[0][0], 1e-6);
        Assert.AreEqual(1 / (1 + Math.Exp(-1)), scores[1][0], 1e-4);
        CollectionAssert.AreEqual(new uint[] { 2, 1 }, model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void OneVersusAll_TellsClassesApart_WhereTheirSigmoidsAreAlike()
    {
        var data = Rows([[20, 40], [40, 20], [18, 19]]);
        using var model = Probe.Around(_ml, data.Schema, TorchTask.OneVersusAll, [new Probe(x => x.narrow(1, 0, 1)), new Probe(x => x.narrow(1, 1, 1))], classes: 2);
        CollectionAssert.AreEqual(new uint[] { 2, 1, 2 }, model.Transform(data).GetColumn<uint>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void AnOutputThatIsNotFinite_GivesNoAnswer_AndTheRowsBesideItKeepTheirs()
    {
        var data = Rows([[1, 2], [float.NaN, 2], [float.PositiveInfinity, 2], [3, 1]]);
        using var number = Probe.Of(_ml, data.Schema, TorchTask.Regression, x => x.narrow(1, 0, 1));
        CollectionAssert.AreEqual(new[] { 1f, float.NaN, float.NaN, 3 }, number.Transform(data).GetColumn<float>("Score").ToArray());

        using var two = Probe.Of(_ml, data.Schema, TorchTask.BinaryClassification, x => x.narrow(1, 0, 1));
        var scored = two.Transform(data);
        CollectionAssert.AreEqual(new[] { true, false, false, true }, scored.GetColumn<bool>("PredictedLabel").ToArray());
        CollectionAssert.AreEqual(new[] { false, true, true, false }, scored.GetColumn<float>("Probability").Select(float.IsNaN).ToArray());
        CollectionAssert.AreEqual(new[] { 1f, float.NaN, float.NaN, 3 }, scored.GetColumn<float>("Score").ToArray());

        using var several = Probe.Of(_ml, data.Schema, TorchTask.MulticlassClassification, x => x.clone(), classes: 2);
        CollectionAssert.AreEqual(new uint[] { 2, 0, 0, 1 }, several.Transform(data).GetColumn<uint>("PredictedLabel").ToArray());
        CollectionAssert.AreEqual(new[] { 0, 2, 2, 0 }, several.Transform(data).GetColumn<float[]>("Score").Select(s => s.Count(float.IsNaN)).ToArray());
    }

    [TestMethod]
    public void ANetworkWithAnotherNumberOfOutputs_IsToldSo()
    {
        var data = Rows([[1, 2]]);
        using var model = Probe.Of(_ml, data.Schema, TorchTask.MulticlassClassification, x => cat([x, x], 1), classes: 3);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(data).GetColumn<float[]>("Score").ToArray());
        Assert.Contains("returned a tensor of shape [1, 4] for 1 row(s); expected [1, 3]", error.Message);
    }

    [TestMethod]
    public void ANetworkThatFails_IsNamed_WithTheShapeOfItsRows()
    {
        var data = Rows([[1, 2], [3, 4]]);
        using var model = Probe.Around(_ml, data.Schema, TorchTask.Regression, [nn.Linear(3, 1)]);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(data).GetColumn<float>("Score").ToArray());
        Assert.StartsWith("Network 'probe' failed on 2 row(s) of shape [2]: mat1 and mat2", error.Message);
        Assert.DoesNotContain("\n", error.Message);
        using var none = Probe.Of(_ml, data.Schema, TorchTask.Regression, _ => null!);
        Assert.Contains("it returned null", Assert.ThrowsExactly<InvalidOperationException>(() => none.Transform(data).GetColumn<float>("Score").ToArray()).Message);
    }

    [TestMethod]
    public void LargeRows_AreScoredInSmallerBatches()
    {
        using var model = new TorchModelParameters(ModelCase.Factory, TorchTask.Regression, [3, 2048, 2048], 1, "Features", null, [new Probe(x => x)]);
        Assert.AreEqual(5, ScoringBatch.CapacityFor(model, 256));
        Assert.AreEqual(2, ScoringBatch.CapacityFor(model, 2));
        using var largest = new TorchModelParameters(ModelCase.Factory, TorchTask.Regression, [1 << 28], 1, "Features", null, [new Probe(x => x)]);
        Assert.AreEqual(1, ScoringBatch.CapacityFor(largest, 256));
    }

    [TestMethod]
    public void ANetworkOfDoubles_IsFedDoubles()
    {
        var data = Rows([[1, 2]]);
        var linear = nn.Linear(2, 1).to(ScalarType.Float64);
        using var model = Probe.Around(_ml, data.Schema, TorchTask.Regression, [linear]);
        using var expected = linear.call(tensor(new double[] { 1, 2 }, [1, 2]));
        Assert.AreEqual(expected.ToDouble(), model.Transform(data).GetColumn<float>("Score").Single(), 1e-6);
    }

    [TestMethod]
    public void ANetworkThatWritesIntoItsInput_ChangesNoOtherRow_NorAnotherNetworksInput()
    {
        var data = Rows([[1, 2], [3, 4], [5, 6]]);
        using var model = Probe.Around(_ml, data.Schema, TorchTask.OneVersusAll, [new Probe(x => x.mul_(0).narrow(1, 0, 1)), new Probe(x => x.narrow(1, 0, 1) - 3)], classes: 2);
        CollectionAssert.AreEqual(new uint[] { 1, 1, 2 }, model.WithBatchSize(2).Transform(data).GetColumn<uint>("PredictedLabel").ToArray());
    }

    private IDataView Rows(float[][] features) => _ml.Data.LoadFromEnumerable(features.Select(f => new Pair { Features = f }));

    private sealed class Pair
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }
}
