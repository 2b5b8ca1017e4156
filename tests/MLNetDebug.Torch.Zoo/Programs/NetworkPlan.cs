using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>How a run is set up: the network, its loss, its optimizer, its batches. Immutable; a fault changes parts of it.</summary>
/// <param name="Architecture">The network's name.</param>
/// <param name="Build">Makes the network.</param>
internal sealed record NetworkPlan(string Architecture, Func<NetworkShape, Traits, nn.Module> Build)
{
    public Traits Traits { get; init; } = new();

    /// <summary>What becomes of a draw before it is used.</summary>
    public Func<NetworkDraw, NetworkDraw> Prepare { get; init; } = d => d;

    /// <summary>Numbers returned for a row; null for one per class, or one.</summary>
    public Func<NetworkDraw, int>? Outputs { get; init; }

    /// <summary>Sets weights, after the network's own initialisation.</summary>
    public Action<nn.Module> Initialise { get; init; } = _ => { };

    /// <summary>Runs the network on rows, by <c>call</c>; null for a network of one input, which is called itself.</summary>
    public Func<nn.Module, Tensor, Tensor>? Forward { get; init; }

    public LossPlan Loss { get; init; } = LossPlan.CrossEntropy;

    public OptimizerPlan Optimizer { get; init; } = OptimizerPlan.Adam;

    public int BatchSize { get; init; } = 32;

    public int Epochs { get; init; } = 10;

    /// <summary>What happens to the network before its optimizer is made: training on other rows, freezing.</summary>
    public Action<NetworkRun>? Before { get; init; }

    /// <summary>True where it is put into evaluation mode before training.</summary>
    public bool IsEvaluating { get; init; }

    /// <summary>True where it is checked after training, with data to judge its batch normalisation by.</summary>
    public bool IsCheckedTrained { get; init; }

    /// <summary>Parameters that share one tensor on purpose.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Ties { get; init; } = [];

    /// <summary>The held-out metric, larger is better.</summary>
    public Func<Tensor, Tensor, double> Metric { get; init; } = Metrics.Accuracy;
}
