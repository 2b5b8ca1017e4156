using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers;

/// <summary>A trained network: what a <see cref="TorchPredictionTransformer"/> scores with.</summary>
public sealed class TorchModelParameters : IDisposable
{
    // Number of calls in progress; the sign bit is set once it is disposed of.
    private int _state;
    private int _isReleased;

    internal TorchModelParameters(
        TorchNetwork network, TorchTask task, IReadOnlyList<long> inputShape, int classes, string featureColumn, string? labelColumn, IReadOnlyList<nn.Module<Tensor, Tensor>> modules, double temperature = 1)
    {
        (Network, Task, InputShape, Classes) = (network, task, inputShape, classes);
        (FeatureColumn, LabelColumn, Modules, Temperature) = (featureColumn, labelColumn, modules, temperature);
        Slots = checked((int)inputShape.Aggregate(1L, (a, b) => checked(a * b)));
        foreach (var module in modules)
            module.eval();
        // Of the first parameter that is a real number: where the network computes, and in what.
        Placement = modules[0].parameters().Where(p => p.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Float16 or ScalarType.BFloat16).Select(p => (p.device, p.dtype)).FirstOrDefault((CPU, ScalarType.Float32));
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

    /// <summary>Numbers in one row.</summary>
    internal int Slots { get; }

    /// <summary>The device and the type of the numbers it takes.</summary>
    internal (Device Device, ScalarType Type) Placement { get; }

    /// <summary>Scores of one row: one for each class where there are several, else 1.</summary>
    internal int Outputs => Task is TorchTask.MulticlassClassification or TorchTask.OneVersusAll ? Classes : 1;

    /// <summary>Outputs of one module.</summary>
    internal int OutputsOfModule => Task == TorchTask.MulticlassClassification ? Classes : 1;

    /// <summary>Frees the networks, once the calls in progress have ended. Whoever scores afterwards gets an <see cref="ObjectDisposedException"/>.</summary>
    /// <remarks>ML.NET's prediction engines dispose of the model they were made from, unless they were told that they do not own it (<c>PredictionEngineOptions.OwnsTransformer</c>).</remarks>
    public void Dispose()
    {
        if (Interlocked.Or(ref _state, int.MinValue) == 0)
            Release();
    }

    /// <summary>Begins to use the networks: another thread that disposes of them meanwhile must not pull them from under libtorch.</summary>
    internal void Enter()
    {
        if (Interlocked.Increment(ref _state) > 0)
            return;
        Exit();
        throw new ObjectDisposedException(
            nameof(TorchModelParameters),
            $"The model of network '{Network.Name}' was disposed of. A prediction engine does that to the model it was made from: make it with PredictionEngineOptions.OwnsTransformer = false where the model is used elsewhere too.");
    }

    /// <summary>Ends it.</summary>
    internal void Exit()
    {
        if (Interlocked.Decrement(ref _state) == int.MinValue)
            Release();
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
            return;
        foreach (var module in Modules)
            module.Dispose();
    }
}
