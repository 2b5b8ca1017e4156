using MLNetDebug.Torch.Zoo.Programs;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>How a network is trained. Immutable; a fault changes parts of it.</summary>
/// <param name="Network">The network, its loss, its optimizer, its data.</param>
internal sealed record TrainingPlan(NetworkPlan Network)
{
    /// <summary>Epochs go on until so many steps are taken at least; a plan of more epochs has more.</summary>
    public int Steps { get; init; } = 200;

    public BatchOrder Order { get; init; }

    /// <summary>The factor on the learning rate at a step, by the share of the run that is done.</summary>
    public Func<long, double, double> Schedule { get; init; } = (_, _) => 1;

    /// <summary>What becomes of a batch at a step.</summary>
    public Func<long, Tensor, Tensor, (Tensor X, Tensor Y)> Change { get; init; } = (_, x, y) => (x, y);

    /// <summary>The norm that gradients are clipped to by the loop itself; 0 where they are not.</summary>
    public double ClipNorm { get; init; }

    /// <summary>True where the loop runs its passes itself and asks the guard between them.</summary>
    public bool IsOwnLoop { get; init; }

    public HeldOutForm HeldOut { get; init; }

    /// <summary>A network's plan, trained as is usual.</summary>
    public static implicit operator TrainingPlan(NetworkPlan network) => new(network);
}
