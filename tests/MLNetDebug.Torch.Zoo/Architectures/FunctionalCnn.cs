using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>A convolutional network whose activations and pooling are functions in its own code; its children are called by <c>call</c>.</summary>
internal sealed class FunctionalCnn : Module<Tensor, Tensor>
{
    private readonly Traits _traits;
    private readonly Conv2d conv1;
    private readonly Conv2d conv2;
    private readonly Dropout? drop;
    private readonly Linear fc1;
    private readonly Linear fc2;

    public FunctionalCnn(NetworkShape shape, Traits traits)
        : base(nameof(FunctionalCnn))
    {
        _traits = traits;
        conv1 = Conv2d(1, 8, 3, padding: 1);
        conv2 = Conv2d(8, 16, 3, padding: 1);
        drop = traits.ConvolutionDropout > 0 ? Dropout(traits.ConvolutionDropout) : null;
        fc1 = Linear(16 * shape.Pooled * shape.Pooled, 32);
        fc2 = Linear(32, shape.Outputs, hasBias: traits.HasOutputBias);
        if (traits.Registration != Registration.Forgotten)
            RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = Step(conv1.call(x));
        x = drop?.call(x) ?? x;
        x = Step(conv2.call(x)).flatten(1);
        return _traits.Ending.Apply(fc2.call(functional.relu(fc1.call(x))));
    }

    private static Tensor Step(Tensor x) => functional.max_pool2d(functional.relu(x), 2);
}
