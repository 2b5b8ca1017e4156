using MLNetDebug.Torch.Networks.Profiling;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class RandomStateTests
{
    [TestMethod]
    public void Set_PutsBackWhatGetSaw_AsTorchSharpsOwnCallsDo()
    {
        using var scope = NewDisposeScope();
        var (ours, theirs) = (RandomState.Get(), random.get_rng_state());
        CollectionAssert.AreEqual(theirs.bytes.ToArray(), ours.bytes.ToArray());
        var first = rand(100).bytes.ToArray();
        RandomState.Set(ours);
        CollectionAssert.AreEqual(first, rand(100).bytes.ToArray());
        CollectionAssert.AreNotEqual(first, rand(100).bytes.ToArray());
    }
}
