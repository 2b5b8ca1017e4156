using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>A network of a common kind and size, to measure against its own training step.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Rows">Rows per batch.</param>
/// <param name="Shape">The shape of an input.</param>
/// <param name="Pattern">The shape of what all rows of one class have in common; with the rows in front it stretches to the input.</param>
/// <param name="IsSgd">True where it is trained by SGD with momentum, false by Adam.</param>
/// <param name="Create">Makes it.</param>
internal sealed record BenchmarkNetwork(string Name, int Rows, long[] Shape, long[] Pattern, bool IsSgd, Func<nn.Module<Tensor, Tensor>> Create)
{
    public const int Classes = 10;

    public static readonly IReadOnlyList<BenchmarkNetwork> All =
    [
        new("MLP", 128, [128, 784], [784], true, () => Sequential(("fc1", Linear(784, 512)), ("relu1", ReLU()), ("fc2", Linear(512, 512)), ("relu2", ReLU()), ("fc3", Linear(512, Classes)))),
        new("CNN", 64, [64, 1, 28, 28], [1, 28, 28], true, () => Sequential(
            ("conv1", Conv2d(1, 32, 3)), ("bn1", BatchNorm2d(32)), ("relu1", ReLU()), ("conv2", Conv2d(32, 64, 3)), ("relu2", ReLU()), ("pool", MaxPool2d(2)), ("flat", Flatten()),
            ("fc1", Linear(64 * 12 * 12, 128)), ("relu3", ReLU()), ("drop", Dropout(0.5)), ("fc2", Linear(128, Classes)))),
        new("LSTM", 64, [64, 30, 32], [1, 32], false, () => new Recurrent()),
        new("transformer", 32, [32, 32, 64], [64], false, () => new Encoder()),
    ];

    public optim.Optimizer Optimizer(nn.Module model) => IsSgd ? optim.SGD(model.parameters(), 0.01, momentum: 0.9) : optim.Adam(model.parameters());

    private sealed class Recurrent : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM lstm = LSTM(32, 128, numLayers: 2, batchFirst: true);
        private readonly Linear head = Linear(128, Classes);

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            var (y, _, _) = lstm.call(x);
            return head.call(y.select(1, -1));
        }
    }

    private sealed class Encoder : nn.Module<Tensor, Tensor>
    {
        private readonly TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(64, 4, 128), 2);
        private readonly Linear head = Linear(64, Classes);

        public Encoder()
            : base(nameof(Encoder)) => RegisterComponents();

        public override Tensor forward(Tensor x) => head.call(encoder.call(x, null, null).mean([0]));
    }
}
