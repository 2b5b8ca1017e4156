using MLNetDebug.Torch.Training.Signals;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training.Signals;

[TestClass]
public sealed class NativeTensorsTests
{
    [TestMethod]
    public void This_TorchSharp_has_the_calls() => Assert.IsTrue(NativeTensors.AreKnown);

    [TestMethod]
    public void A_gradient_is_read_as_its_wrapper_reads_it_and_nothing_is_left()
    {
        using var scope = NewDisposeScope();
        var weights = rand(3, 5, requires_grad: true);
        Assert.AreEqual(0, NativeTensors.Gradient(weights));
        (weights * weights).sum().backward();
        var gradient = NativeTensors.Gradient(weights);
        Assert.IsTrue(NativeTensors.TryRead(gradient, out var values));
        CollectionAssert.AreEqual(weights.grad!.data<float>().ToArray(), values.ToArray());
        NativeTensors.Free(gradient);
        // The gradient itself lives on: only the handle was freed.
        CollectionAssert.AreEqual((2 * weights).detach().data<float>().ToArray(), weights.grad!.data<float>().ToArray());
    }

    [TestMethod]
    public void What_does_not_lie_in_order_in_single_precision_is_left_to_wrappers()
    {
        using var scope = NewDisposeScope();
        foreach (var other in new[] { rand(3, 5).t(), rand(3, float64), rand(3).to(bfloat16), sparse_coo_tensor(tensor(new long[] { 0, 2 }, [1, 2]), rand(2), [5]), arange(3) })
            Assert.IsFalse(PlainFloats.TryRead(other, out _), other.ToString());
        Assert.IsTrue(PlainFloats.TryRead(rand(4, 4), out var values));
        Assert.AreEqual(16, values.Length);
        Assert.IsTrue(PlainFloats.TryRead(empty(0), out var none));
        Assert.AreEqual(0, none.Length);
    }
}
