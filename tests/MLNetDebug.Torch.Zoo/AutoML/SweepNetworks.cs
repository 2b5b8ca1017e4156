using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>Networks whose learning rate is looked for. Channels by sixteens: of others libtorch reads beyond them on some processors.</summary>
internal static class SweepNetworks
{
    private const int Hidden = 64;

    public static readonly TorchNetwork Mlp = new("zoo-sweep-mlp", (shape, outputs) => Sequential(
        Flatten(), Linear(Width(shape), Hidden), ReLU(), Linear(Hidden, Hidden), ReLU(), Linear(Hidden, outputs)));

    public static readonly TorchNetwork NormMlp = new("zoo-sweep-norm-mlp", (shape, outputs) => Sequential(
        Flatten(), Linear(Width(shape), Hidden, hasBias: false), BatchNorm1d(Hidden), ReLU(), Linear(Hidden, Hidden, hasBias: false), BatchNorm1d(Hidden), ReLU(), Linear(Hidden, outputs)));

    public static readonly TorchNetwork Cnn = new("zoo-sweep-cnn", (shape, outputs) => Sequential(
        Conv2d(shape[0], 16, 3, padding: 1), ReLU(), MaxPool2d(2), Conv2d(16, 16, 3, padding: 1), ReLU(), MaxPool2d(2), Flatten(), Linear(Pooled(shape), outputs)));

    public static readonly TorchNetwork NormCnn = new("zoo-sweep-norm-cnn", (shape, outputs) => Sequential(
        Conv2d(shape[0], 16, 3, padding: 1, bias: false), BatchNorm2d(16), ReLU(), MaxPool2d(2), Conv2d(16, 16, 3, padding: 1, bias: false), BatchNorm2d(16), ReLU(), MaxPool2d(2), Flatten(),
        Linear(Pooled(shape), outputs)));

    private static long Width(IReadOnlyList<long> shape) => shape.Aggregate((a, b) => a * b);

    private static long Pooled(IReadOnlyList<long> shape) => 16 * (shape[1] / 4) * (shape[2] / 4);
}
