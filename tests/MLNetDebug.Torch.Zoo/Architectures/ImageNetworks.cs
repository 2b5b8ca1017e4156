using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Layer = (string Name, TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> Module);

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>Networks for images, as lists of named layers.</summary>
internal static class ImageNetworks
{
    /// <summary>Two convolutions with pooling, two linear layers.</summary>
    public static Module Cnn(NetworkShape shape, Traits traits) => Sequential(
        [
            ("conv1", Conv2d(1, 8, 3, padding: 1, bias: traits.HasBias)), ("relu1", ReLU()), ("pool1", MaxPool2d(2)),
            .. traits.ConvolutionDropout > 0 ? [("drop1", Dropout(traits.ConvolutionDropout))] : Array.Empty<Layer>(),
            ("conv2", Conv2d(8, 16, 3, padding: 1, bias: traits.HasBias)), ("relu2", ReLU()), ("pool2", MaxPool2d(2)),
            .. traits.ConvolutionDropout > 0 ? [("drop2", Dropout(traits.ConvolutionDropout))] : Array.Empty<Layer>(),
            .. Head(shape, traits),
        ]);

    /// <summary>The same with batch normalisation behind each layer but the last.</summary>
    public static Module BatchNormCnn(NetworkShape shape, Traits traits) => Sequential(
        [
            ("conv1", Conv2d(1, 8, 3, padding: 1, bias: false)), ("bn1", BatchNorm2d(8)), ("relu1", ReLU()), ("pool1", MaxPool2d(2)),
            .. traits.ConvolutionDropout > 0 ? [("drop1", Dropout(traits.ConvolutionDropout))] : Array.Empty<Layer>(),
            ("conv2", Conv2d(8, 16, 3, padding: 1, bias: false)), ("bn2", BatchNorm2d(16)), ("relu2", ReLU()), ("pool2", MaxPool2d(2)),
            ("flatten", Flatten()),
            .. traits.DropoutBeforeNorm > 0 ? [("drop2", Dropout(traits.DropoutBeforeNorm))] : Array.Empty<Layer>(),
            ("fc1", Linear(16 * shape.Pooled * shape.Pooled, 32, hasBias: false)), ("bn3", BatchNorm1d(32)), ("relu3", ReLU()),
            ("fc2", Linear(32, shape.Outputs)),
        ]);

    /// <summary>The same with group normalisation, which asks nothing of the batch.</summary>
    public static Module GroupNormCnn(NetworkShape shape, Traits traits) => Sequential(
        [
            ("conv1", Conv2d(1, 8, 3, padding: 1, bias: false)), ("gn1", Grouped(2, 8)), ("relu1", ReLU()), ("pool1", MaxPool2d(2)),
            ("conv2", Conv2d(8, 16, 3, padding: 1, bias: false)), ("gn2", Grouped(4, 16)), ("relu2", ReLU()), ("pool2", MaxPool2d(2)),
            .. Head(shape, traits),
        ]);

    /// <summary>Squeezes an image through 24 numbers and draws it again, brightness in [0, 1].</summary>
    public static Module Autoencoder(NetworkShape shape, Traits traits) => Sequential(
        ("flatten", Flatten()), ("enc1", Linear(shape.Width, 64)), ("relu1", ReLU()), ("enc2", Linear(64, 24)), ("relu2", ReLU()),
        ("dec1", Linear(24, 64)), ("relu3", ReLU()), ("dec2", Linear(64, shape.Width)), ("sigmoid", Sigmoid()));

    /// <summary>TorchSharp 0.107 leaves a GroupNorm's scale and shift as memory happens to be.</summary>
    private static Module<Tensor, Tensor> Grouped(int groups, int channels)
    {
        var norm = GroupNorm(groups, channels);
        init.ones_(norm.weight!);
        init.zeros_(norm.bias!);
        return norm;
    }

    private static Layer[] Head(NetworkShape shape, Traits traits) =>
    [
        ("flatten", Flatten()),
        ("fc1", Linear(16 * shape.Pooled * shape.Pooled, 32, hasBias: traits.HasBias)),
        ("relu3", ReLU()),
        ("fc2", Linear(32, shape.Outputs, hasBias: traits.HasOutputBias)),
        .. traits.Ending.Modules(),
    ];
}
