using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers;

/// <summary>A trained network: what a <see cref="TorchPredictionTransformer"/> scores with.</summary>
public sealed class TorchModelParameters : IDisposable
{
    internal TorchModelParameters(
        TorchNetwork network, TorchTask task, IReadOnlyList<long> inputShape, int classes, string featureColumn, string? labelColumn, IReadOnlyList<nn.Module<Tensor, Tensor>> modules, double temperature = 1)
    {
        (Network, Task, InputShape, Classes) = (network, task, inputShape, classes);
        (FeatureColumn, LabelColumn, Modules, Temperature) = (featureColumn, labelColumn, modules, temperature);
        foreach (var module in modules)
            module.eval();
    }

    /// <summary>What was learned.</summary>
    public TorchTask Task { get; }

    /// <summary>Shape of one row.</summary>
    public IReadOnlyList<long> InputShape { get; }

    /// <summary>Number of classes; 2 for two classes, 1 for regression.</summary>
    public int Classes { get; }

    /// <summary>What the logits are divided by before they become probabilities; 1 where nothing was calibrated.</summary>
    public double Temperature { get; }

    /// <summary>The networks, in evaluation mode: one, or one for each class of <see cref="TorchTask.OneVersusAll"/>. They belong to this object.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Modules { get; }

    internal TorchNetwork Network { get; }

    internal string FeatureColumn { get; }

    internal string? LabelColumn { get; }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
    {
        foreach (var module in Modules)
            module.Dispose();
    }
}
