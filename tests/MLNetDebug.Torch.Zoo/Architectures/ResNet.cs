using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>A small residual network: each block's last normalisation starts at 0, so that the block starts as identity.</summary>
internal sealed class ResNet : Module<Tensor, Tensor>
{
    private readonly Conv2d stem;
    private readonly BatchNorm2d bn;
    private readonly ResidualBlock block1;
    private readonly ResidualBlock block2;
    private readonly Linear fc;

    public ResNet(NetworkShape shape, Traits traits)
        : base(nameof(ResNet))
    {
        stem = Conv2d(1, 16, 3, padding: 1, bias: false);
        bn = BatchNorm2d(16);
        block1 = new ResidualBlock(16);
        block2 = new ResidualBlock(16);
        fc = Linear(16 * shape.Pooled * shape.Pooled, shape.Outputs, hasBias: traits.HasOutputBias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = functional.max_pool2d(functional.relu(bn.call(stem.call(x))), 2);
        x = functional.max_pool2d(block2.call(block1.call(x)), 2);
        return fc.call(x.flatten(1));
    }

    private sealed class ResidualBlock : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv1;
        private readonly BatchNorm2d bn1;
        private readonly Conv2d conv2;
        private readonly BatchNorm2d bn2;

        public ResidualBlock(int channels)
            : base(nameof(ResidualBlock))
        {
            (conv1, bn1) = (Conv2d(channels, channels, 3, padding: 1, bias: false), BatchNorm2d(channels));
            (conv2, bn2) = (Conv2d(channels, channels, 3, padding: 1, bias: false), BatchNorm2d(channels));
            init.zeros_(bn2.weight);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => functional.relu(x + bn2.call(conv2.call(functional.relu(bn1.call(conv1.call(x))))));
    }
}
