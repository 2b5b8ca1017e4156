using MLNetDebug.Torch.Trainers.Loop;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Trainers.Loop;

[TestClass]
public sealed class OutputBiasTests
{
    private static readonly float[] Wanted = [-1f, 0.5f, 2f];

    [TestMethod]
    public void The_bias_of_the_last_layer_is_set()
    {
        using var network = Sequential(Linear(4, 3), ReLU(), Linear(3, 3));
        Assert.IsTrue(OutputBias.Set(network, rand(8, 4), Wanted));
        CollectionAssert.AreEqual(Wanted, Values(network, "2.bias"));
    }

    [TestMethod]
    public void It_is_found_by_what_it_does_and_not_by_its_place()
    {
        using var network = new Backwards();
        Assert.IsTrue(OutputBias.Set(network, rand(8, 4), Wanted));
        CollectionAssert.AreEqual(Wanted, Values(network, "head.bias"));
    }

    [TestMethod]
    public void A_network_without_one_is_left_as_it_is()
    {
        using var network = Sequential(Linear(4, 3), Tanh(), Linear(3, 3, hasBias: false));
        float[] before = [.. network.parameters().SelectMany(p => p.data<float>().ToArray())];
        Assert.IsFalse(OutputBias.Set(network, rand(8, 4), Wanted));
        CollectionAssert.AreEqual(before, network.parameters().SelectMany(p => p.data<float>().ToArray()).ToArray());
        using var softmax = Sequential(Linear(4, 3), Softmax(1));
        Assert.IsFalse(OutputBias.Set(softmax, rand(8, 4), Wanted));
    }

    private static float[] Values(Module network, string name) => [.. network.named_parameters().Single(p => p.name == name).parameter.data<float>().ToArray()];

    /// <summary>Its head is declared before its body, whose bias has as many numbers.</summary>
    private sealed class Backwards : Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear head = Linear(3, 3);
        private readonly TorchSharp.Modules.Linear tail = Linear(4, 3);

        public Backwards()
            : base(nameof(Backwards)) => RegisterComponents();

        public override Tensor forward(Tensor input) => head.call(tail.call(input).relu());
    }
}
