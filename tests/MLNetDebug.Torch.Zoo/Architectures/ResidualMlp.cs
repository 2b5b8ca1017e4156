using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>Linear layers with residual branches whose last weights start at zero.</summary>
internal sealed class ResidualMlp : Module<Tensor, Tensor>
{
    private readonly Traits _traits;
    private readonly Linear input;
    private readonly Branch block1;
    private readonly Branch block2;
    private readonly Linear head;

    public ResidualMlp(NetworkShape shape, Traits traits)
        : base(nameof(ResidualMlp))
    {
        _traits = traits;
        input = Linear(shape.Width, 32, hasBias: traits.HasBias);
        block1 = new Branch(traits.HasBias);
        block2 = new Branch(traits.HasBias);
        head = Linear(32, shape.Outputs, hasBias: traits.HasOutputBias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = block2.call(block1.call(functional.relu(input.call(x))));
        return _traits.Ending.Apply(head.call(x));
    }

    private sealed class Branch : Module<Tensor, Tensor>
    {
        private readonly Linear fc1;
        private readonly Linear fc2;

        public Branch(bool hasBias)
            : base(nameof(Branch))
        {
            (fc1, fc2) = (Linear(32, 32, hasBias), Linear(32, 32, hasBias));
            init.zeros_(fc2.weight);
            if (hasBias)
                init.zeros_(fc2.bias);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x + fc2.call(functional.relu(fc1.call(x)));
    }
}
