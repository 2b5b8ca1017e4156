using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch.nn;

namespace TorchInPipeline;

/// <summary>A small convolutional network. A process that loads its models registers it by name.</summary>
internal static class Network
{
    public static TorchNetwork Cnn { get; } = new("digits-cnn", (shape, classes) => Sequential(
        Unflatten(1, [1, 8, 8]),
        Conv2d(1, 16, 3, padding: 1),
        ReLU(),
        Conv2d(16, 32, 3, padding: 1),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(32 * 16, classes)));
}
