using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>All that is needed to run a step's forward and backward pass once more.</summary>
internal sealed record StepReplay
{
    public required nn.Module Model { get; init; }

    /// <summary>The network's parameters under their first names.</summary>
    public required IReadOnlyList<(string Name, Parameter Parameter)> Parameters { get; init; }

    /// <summary>The tensors of the batch with their names: <c>input 0</c>, <c>input 1</c>, ..., the last one <c>target</c>.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Batch { get; init; } = [];

    /// <summary>Runs forward pass and loss on the same batch; null where the loop hands none over, and nothing can be replayed.</summary>
    public Func<Tensor>? Loss { get; init; }

    /// <summary>The CPU's random state before the step's forward pass; null where it is not known.</summary>
    public Tensor? RandomState { get; init; }

    /// <summary>True where the loss that the step gave is finite: only gradients, or parameters after the update, are not.</summary>
    public bool IsLossFinite { get; init; }
}
