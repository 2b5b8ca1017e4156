using MLNetDebug.Torch.Zoo.Data;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Layer = (string Name, TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> Module);

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>Networks for rows of numbers, as lists of named layers. Images are flattened first.</summary>
internal static class TableNetworks
{
    private const int Hidden = 32;

    /// <summary>Linear layers with ReLU.</summary>
    public static Module Mlp(NetworkShape shape, Traits traits) => Chain(
        [.. Flat(shape), .. Block(1, shape.Width, traits), .. Block(2, Hidden, traits), ("fc3", Linear(Hidden, shape.Outputs, hasBias: traits.HasOutputBias)), .. traits.Ending.Modules()]);

    /// <summary>Linear layers with tanh, initialised for it.</summary>
    public static Module TanhMlp(NetworkShape shape, Traits traits)
    {
        var (fc1, fc2) = (Linear(shape.Width, Hidden, hasBias: traits.HasBias), Linear(Hidden, Hidden, hasBias: traits.HasBias));
        foreach (var fc in new[] { fc1, fc2 })
            init.xavier_uniform_(fc.weight, init.calculate_gain(init.NonlinearityType.Tanh));
        return Chain(
            [.. Flat(shape), ("fc1", fc1), ("tanh1", Tanh()), ("fc2", fc2), ("tanh2", Tanh()), ("out", Linear(Hidden, shape.Outputs, hasBias: traits.HasOutputBias)), .. traits.Ending.Modules()]);
    }

    /// <summary>Four hidden layers, each followed by batch normalisation; biases in front of it are left out, as they would have no effect.</summary>
    public static Module DeepMlp(NetworkShape shape, Traits traits) => Chain(
        [
            .. Flat(shape),
            .. Enumerable.Range(1, 4).SelectMany(i => DeepBlock(i, i == 1 ? shape.Width : Hidden, traits)),
            ("head", Linear(Hidden, shape.Outputs)),
            .. traits.EndsInNorm ? [("bn5", BatchNorm1d(shape.Outputs))] : Array.Empty<Layer>(),
            .. traits.Ending.Modules(),
        ]);

    /// <summary>ReLU, then batch normalisation and dropout, then weights: the order that the lessons advise.</summary>
    public static Module DropoutBlocks(NetworkShape shape, Traits traits)
    {
        var p = traits.DropoutBeforeNorm > 0 ? traits.DropoutBeforeNorm : 0.2;
        return Chain(
            [
                .. Flat(shape),
                .. Block(1, shape.Width, traits), ("bn1", BatchNorm1d(Hidden)), ("drop1", Dropout(p)),
                .. Block(2, Hidden, traits), ("bn2", BatchNorm1d(Hidden)), ("drop2", Dropout(p)),
                ("fc3", Linear(Hidden, shape.Outputs)),
            ]);
    }

    /// <summary>One layer that starts at zero, which is how softmax regression may start.</summary>
    public static Module SoftmaxRegression(NetworkShape shape, Traits traits)
    {
        var linear = Linear(shape.Width, shape.Outputs);
        init.zeros_(linear.weight);
        init.zeros_(linear.bias);
        return Chain([.. Flat(shape), ("linear", linear)]);
    }

    private static Module Chain(Layer[] layers) => Sequential(layers);

    private static IEnumerable<Layer> Flat(NetworkShape shape) => shape.Kind == NetworkDataKind.Image ? [("flatten", Flatten())] : [];

    private static IEnumerable<Layer> Block(int number, int width, Traits traits) => [($"fc{number}", Linear(width, Hidden, hasBias: traits.HasBias)), ($"relu{number}", ReLU())];

    private static IEnumerable<Layer> DeepBlock(int number, int width, Traits traits) =>
    [
        .. number > 1 && traits.DropoutBeforeNorm > 0 ? [($"drop{number - 1}", Dropout(traits.DropoutBeforeNorm))] : Array.Empty<Layer>(),
        ($"fc{number}", Linear(width, Hidden, hasBias: false)),
        ($"bn{number}", BatchNorm1d(Hidden)),
        ($"relu{number}", ReLU()),
    ];
}
