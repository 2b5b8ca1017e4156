using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>What stands behind a network's last layer.</summary>
internal enum Ending
{
    None,
    ReLU,
    Tanh,
    Sigmoid,
    Softmax,
    LogSoftmax,
    SoftCap,
}

/// <summary>Endings as modules and as functions.</summary>
internal static class Endings
{
    /// <summary>As a function in a network's own code.</summary>
    public static Tensor Apply(this Ending ending, Tensor x) => ending switch
    {
        Ending.ReLU => nn.functional.relu(x),
        Ending.Tanh => x.tanh(),
        Ending.Sigmoid => x.sigmoid(),
        Ending.Softmax => nn.functional.softmax(x, 1),
        Ending.LogSoftmax => nn.functional.log_softmax(x, 1),
        Ending.SoftCap => 30 * (x / 30).tanh(),
        _ => x,
    };

    /// <summary>As a named module; none where there is no ending.</summary>
    public static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Modules(this Ending ending)
    {
        if (ending != Ending.None)
            yield return (ending.ToString().ToLowerInvariant(), Module(ending));
    }

    private static nn.Module<Tensor, Tensor> Module(Ending ending) => ending switch
    {
        Ending.ReLU => nn.ReLU(),
        Ending.Tanh => nn.Tanh(),
        Ending.Sigmoid => nn.Sigmoid(),
        Ending.Softmax => nn.Softmax(1),
        Ending.LogSoftmax => nn.LogSoftmax(1),
        _ => throw new InvalidOperationException($"{ending} is no module of TorchSharp's."),
    };
}
