using MLNetDebug.Torch.Networks.Profiling;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class TensorCopyTests
{
    [TestMethod]
    public void Copy_HasTheNumbersAndNoGraph_AndOutlivesTheScope()
    {
        using var leaf = randn(3, requires_grad: true);
        Tensor copy;
        using (NewDisposeScope())
            copy = TensorCopy.Of(leaf * 2);
        Assert.IsFalse(copy.IsInvalid || copy.requires_grad);
        using var expected = leaf.detach().mul(2);
        CollectionAssert.AreEqual(expected.bytes.ToArray(), copy.bytes.ToArray());
        copy.Dispose();
    }

    [TestMethod]
    public void Copy_LeavesNoTensorToTheFinalizer()
    {
        using var tensor = randn(3, requires_grad: true);
        TensorCount.AssertLeft(() => { }, () => TensorCopy.Of(tensor).Dispose());
    }
}
