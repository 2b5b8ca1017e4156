using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>A trunk that was trained before and a new head. <see cref="Freeze"/> ends the trunk's training, its batch normalisation included.</summary>
internal sealed class FineTuned : Module<Tensor, Tensor>
{
    private readonly Sequential trunk;
    private readonly Linear head;

    public FineTuned(NetworkShape shape, Traits traits)
        : base(nameof(FineTuned))
    {
        trunk = Sequential(
            ("conv1", Conv2d(1, 8, 3, padding: 1, bias: false)), ("bn1", BatchNorm2d(8)), ("relu1", ReLU()), ("pool1", MaxPool2d(2)),
            ("conv2", Conv2d(8, 16, 3, padding: 1, bias: false)), ("bn2", BatchNorm2d(16)), ("relu2", ReLU()), ("pool2", MaxPool2d(2)), ("flatten", Flatten()));
        head = Linear(16 * shape.Pooled * shape.Pooled, shape.Outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(trunk.call(x));

    /// <summary>No gradient for the trunk, its normalisation in evaluation mode, a fresh head.</summary>
    public void Freeze()
    {
        foreach (var parameter in trunk.parameters())
            parameter.requires_grad = false;
        trunk.eval();
        init.kaiming_uniform_(head.weight, Math.Sqrt(5));
        init.zeros_(head.bias!);
    }
}
