using Microsoft.ML;

namespace MLNetDebug.Torch.Trainers;

/// <summary>A trained network as a transformer.</summary>
public sealed class TorchPredictionTransformer
{
    internal TorchPredictionTransformer(MLContext ml, TorchModelParameters parameters, DataViewSchema trainSchema, TorchTraining? training = null)
    {
        _ = (ml, trainSchema);
        (Model, Training) = (parameters, training);
    }

    /// <summary>The network.</summary>
    public TorchModelParameters Model { get; }

    /// <summary>How it was trained; null after a model was loaded.</summary>
    public TorchTraining? Training { get; }
}
