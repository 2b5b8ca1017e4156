using MLNetDebug.Guards;
using TorchSharp;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class WeightScanTests
{
    private static readonly TorchAccess Torch = TorchAccess.Of(typeof(torch).Assembly)!;

    [TestMethod]
    public void Norms_are_over_all_tensors_together()
    {
        var scan = new WeightScan(Torch, Model([3, 4], [12], [1, 2], [2]), scansWeights: true);
        Assert.AreEqual(13, scan.ParameterNorm!.Value, 1e-6);
        Assert.AreEqual(3, scan.GradientNorm, 1e-6);
        Assert.AreEqual(0, scan.NonFinite);
        Assert.IsNull(scan.First);
    }

    [TestMethod]
    public void Weights_are_looked_at_only_where_asked()
    {
        var model = Model([float.NaN, 4], [12], [1, 2], [2]);
        var scan = new WeightScan(Torch, model, scansWeights: false);
        Assert.IsNull(scan.ParameterNorm);
        Assert.AreEqual(0, scan.NonFinite);
        Assert.AreEqual(3, scan.GradientNorm, 1e-6);
    }

    [TestMethod]
    public void The_first_tensor_that_left_the_numbers_is_named_gradients_before_their_weights()
    {
        var scan = new WeightScan(Torch, Model([1, 1], [float.PositiveInfinity], [1, float.NaN], [1]), scansWeights: true);
        Assert.AreEqual(2, scan.NonFinite);
        Assert.AreEqual("PredictionHead.Classifier.dense.weight.grad", scan.First);
        Assert.IsFalse(double.IsFinite(scan.GradientNorm));
        Assert.AreEqual("PredictionHead.Classifier.dense.bias", new WeightScan(Torch, Model([1, 1], [float.NaN], null, null), scansWeights: true).First);
    }

    [TestMethod]
    public void Values_whose_squares_overflow_are_finite_all_the_same()
    {
        var scan = new WeightScan(Torch, Model([1e30f, -1e30f], [0], null, null), scansWeights: true);
        Assert.AreEqual(0, scan.NonFinite);
        Assert.IsGreaterThanOrEqualTo(1e30 * 0.999, scan.ParameterNorm!.Value);
        Assert.IsTrue(double.IsFinite(scan.ParameterNorm.Value));
    }

    [TestMethod]
    public void Parameters_without_gradients_have_none()
    {
        var scan = new WeightScan(Torch, Model([3, 4], [0], null, null), scansWeights: true);
        Assert.AreEqual(0, scan.GradientNorm);
        Assert.AreEqual(5, scan.ParameterNorm!.Value, 1e-6);
    }

    [TestMethod]
    public void Tensors_that_were_disposed_of_are_passed_over()
    {
        var model = Model([3, 4], [12], null, null);
        model.Head.Bias.Dispose();
        Assert.AreEqual(5, new WeightScan(Torch, model, scansWeights: true).ParameterNorm!.Value, 1e-6);
    }

    private static Network Model(float[] weight, float[] bias, float[]? weightGradient, float[]? biasGradient)
    {
        var model = new Network(weight.Length, bias.Length, 1);
        weight.CopyTo(model.Head.Weight.Values, 0);
        bias.CopyTo(model.Head.Bias.Values, 0);
        model.Head.Weight.grad = weightGradient is null ? null : new torch.Tensor(weightGradient, bias.Length, weight.Length);
        model.Head.Bias.grad = biasGradient is null ? null : new torch.Tensor(biasGradient, bias.Length);
        return model;
    }
}
