using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>What stands behind a hidden layer.</summary>
internal enum Activation
{
    ReLU,
    Tanh,
    Sigmoid,
}

/// <summary>Activations as functions in a network's own code.</summary>
internal static class Activations
{
    public static Tensor Apply(this Activation activation, Tensor x) => activation switch
    {
        Activation.Tanh => x.tanh(),
        Activation.Sigmoid => x.sigmoid(),
        _ => nn.functional.relu(x),
    };
}
