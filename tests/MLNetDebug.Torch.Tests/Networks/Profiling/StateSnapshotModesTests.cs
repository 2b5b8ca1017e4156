using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class StateSnapshotModesTests
{
    [TestMethod]
    public void A_module_with_two_parents_keeps_its_own_mode()
    {
        var shared = nn.Dropout();
        var first = nn.Sequential(("shared", shared));
        var second = nn.Sequential(("shared", shared));
        var model = nn.Sequential(("first", first), ("second", second));
        second.eval();
        shared.train();
        using (new StateSnapshot(model))
            model.eval();
        CollectionAssert.AreEqual(new[] { true, true, false, true }, new[] { model.training, first.training, second.training, shared.training });
    }
}
