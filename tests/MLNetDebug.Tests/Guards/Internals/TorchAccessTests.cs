using MLNetDebug.Guards;
using MLNetDebug.Tests.Guards.Closed;
using TorchSharp;

namespace MLNetDebug.Tests.Guards.Internals;

[TestClass]
public sealed class TorchAccessTests
{
    private static readonly TorchAccess Torch = TorchAccess.Of(typeof(torch).Assembly)!;

    [TestMethod]
    public void Everything_is_found_in_what_has_the_names_of_TorchSharp()
    {
        Assert.IsEmpty(Torch.Missing);
        Assert.AreSame(Torch, TorchAccess.Of(typeof(torch).Assembly), "Looked up once.");
        Assert.IsNull(TorchAccess.Of(typeof(string).Assembly));
    }

    [TestMethod]
    public void A_TorchSharp_without_the_members_is_said_to_lack_them()
    {
        var access = TorchAccess.Of(EmittedTorch.Broken("x"))!;
        CollectionAssert.IsSubsetOf(new[] { "Tensor.grad", "Tensor.bytes", "Tensor.copy_", "Tensor.DetachFromDisposeScope" }, access.Missing.ToArray());
    }

    [TestMethod]
    public void Values_are_read_with_their_shape_and_copied_away()
    {
        var tensor = new torch.Tensor([1, 2, 3, 4, 5, 6], 2, 3);
        var (shape, values) = Torch.Read(tensor)!.Value;
        CollectionAssert.AreEqual(new long[] { 2, 3 }, shape);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, values);
        values[0] = 99;
        var copy = (torch.Tensor)Torch.Copy(tensor);
        tensor.Values[1] = 42;
        Assert.AreEqual(1, tensor.Values[0]);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3, 4, 5, 6 }, copy.Values);
        Torch.CopyInto(tensor, copy);
        Assert.AreEqual(2, tensor.Values[1]);
        Torch.Free(copy);
        Assert.IsTrue(copy.IsInvalid);
    }

    [TestMethod]
    public void A_scan_counts_and_sums()
    {
        Assert.AreEqual(new TensorScan(25, 0, 3), Torch.Scan(new torch.Tensor([3, 0, -4], 3)));
        Assert.AreEqual(5, Torch.Scan(new torch.Tensor([3, 0, -4], 3)).MaxAbsolute);
        var sick = Torch.Scan(new torch.Tensor([float.NaN, 1, float.PositiveInfinity], 3));
        Assert.AreEqual((2L, 3L), (sick.NonFinite, sick.Count));
        Assert.IsTrue(double.IsNaN(sick.SquaredNorm));
        Assert.AreEqual(new TensorScan(0, 0, 0), Torch.Scan(new torch.Tensor([], 0)));
    }

    [TestMethod]
    public void An_output_is_told_of_until_the_hook_is_removed()
    {
        var head = new Linear(2, 3, 1);
        var seen = new List<object>();
        var remove = Torch.OnOutput(head, seen.Add)!;
        var output = head.call(new torch.Tensor([1, 2], 1, 2));
        Assert.AreSame(output, seen.Single());
        remove();
        head.call(new torch.Tensor([1, 2], 1, 2));
        Assert.HasCount(1, seen);
        Assert.AreEqual(0, head.Hooks);
        Assert.IsNull(Torch.OnOutput(new Network(2, 3, 1), seen.Add), "A module of another kind.");
    }

    [TestMethod]
    public void Parameters_and_modules_have_the_models_names()
    {
        var model = new Network(2, 3, 1);
        Assert.AreEqual("PredictionHead.Classifier.dense.weight,PredictionHead.Classifier.dense.bias", string.Join(",", Torch.Parameters(model).Select(p => p.Name)));
        Assert.AreSame(model.Head, Torch.Modules(model).Single().Module);
        Assert.IsEmpty(Torch.Buffers(model));
        Assert.IsNull(Torch.Gradient(model.Head.Weight));
    }
}
