using TorchSharp;

namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>The build's output runs networks as it is: no environment variable, nothing installed.</summary>
[TestClass]
public sealed class NativeLibraryTests
{
    [TestMethod]
    public void Torch_ComputesInThisProcess()
    {
        using var ones = torch.ones(2, 3);
        using var sum = ones.sum();
        Assert.AreEqual(6f, sum.ToSingle());
    }
}
