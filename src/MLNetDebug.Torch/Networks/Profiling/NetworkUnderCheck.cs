using MLNetDebug.Torch.Networks.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>All that is needed to run a network once.</summary>
internal sealed class NetworkUnderCheck
{
    /// <exception cref="ArgumentNullException">An argument other than the optimizer and the options is null.</exception>
    public NetworkUnderCheck(nn.Module model, Func<Tensor> forward, LossFunction? loss, Tensor? target, optim.Optimizer? optimizer, NetworkCheckOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(forward);
        if (loss is not null)
            ArgumentNullException.ThrowIfNull(target);
        if (target is { IsInvalid: true })
            throw new ArgumentException("The target is disposed already.", nameof(target));
        (Model, Target, Options) = (model, target, options ?? new());
        Forward = () => HeldTensors.During(forward);
        Loss = loss is null ? null : loss with { Call = (output, wanted) => HeldTensors.During(() => loss.Call(output, wanted)) };
        Optimizers = [.. optimizer is null ? [] : new[] { optimizer }, .. Options.MoreOptimizers];
    }

    public nn.Module Model { get; }

    /// <summary>Runs the network; what it returns goes to the loss.</summary>
    public Func<Tensor> Forward { get; }

    public LossFunction? Loss { get; }

    public Tensor? Target { get; }

    public IReadOnlyList<optim.Optimizer> Optimizers { get; }

    public NetworkCheckOptions Options { get; }

    /// <summary>The network's inputs where they are known beforehand; else they are what the first call of the network is given.</summary>
    public IReadOnlyList<Tensor> Inputs { get; init; } = [];

    /// <summary>
    /// Frees what a pass returned, and its graph with it, before the next builds its own. What the pass has not made is the user's and stays: an input, the target, a parameter, and whatever is
    /// returned where no module was called.
    /// </summary>
    public void Release(Tensor output, bool hasCalls)
    {
        if (hasCalls && output is not TorchSharp.Modules.Parameter && !ReferenceEquals(Target, output) && !Inputs.Any(i => ReferenceEquals(i, output)))
            output.Dispose();
    }
}
