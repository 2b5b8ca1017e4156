using MLNetDebug.Torch.Trainers;

namespace Microsoft.ML;

/// <summary>Trainers of networks of one's own, beside ML.NET's.</summary>
public static class TorchTrainersCatalog
{
    /// <summary>Trains a TorchSharp network that tells several classes apart.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="network">The network: of so many outputs as there are classes, logits.</param>
    /// <param name="options">How to train it; null for the defaults.</param>
    /// <exception cref="ArgumentNullException">The catalog or the network is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors are in one message.</exception>
    public static TorchMulticlassTrainer Torch(this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, TorchNetwork network, TorchTrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new TorchMulticlassTrainer(network, options);
    }

    /// <summary>Trains a TorchSharp network that tells two classes apart.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="network">The network: of one output, a logit.</param>
    /// <param name="options">How to train it; null for the defaults.</param>
    /// <inheritdoc cref="Torch(MulticlassClassificationCatalog.MulticlassClassificationTrainers, TorchNetwork, TorchTrainerOptions)"/>
    public static TorchBinaryTrainer Torch(this BinaryClassificationCatalog.BinaryClassificationTrainers trainers, TorchNetwork network, TorchTrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new TorchBinaryTrainer(network, options);
    }

    /// <summary>Trains a TorchSharp network that predicts a number.</summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="network">The network: of one output.</param>
    /// <param name="options">How to train it; null for the defaults.</param>
    /// <inheritdoc cref="Torch(MulticlassClassificationCatalog.MulticlassClassificationTrainers, TorchNetwork, TorchTrainerOptions)"/>
    public static TorchRegressionTrainer Torch(this RegressionCatalog.RegressionTrainers trainers, TorchNetwork network, TorchTrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new TorchRegressionTrainer(network, options);
    }

    /// <summary>
    /// Tells several classes apart by a network for each, trained on that class against all others. ML.NET's own one-versus-all takes only models that its assemblies declare; this overload is called in
    /// the same way.
    /// </summary>
    /// <param name="trainers">The catalog.</param>
    /// <param name="binaryEstimator">Trains one of them.</param>
    /// <param name="labelColumnName">The label, a key. Default "Label".</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static TorchOneVersusAllTrainer OneVersusAll(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers, TorchBinaryTrainer binaryEstimator, string labelColumnName = "Label")
    {
        ArgumentNullException.ThrowIfNull(trainers);
        ArgumentNullException.ThrowIfNull(binaryEstimator);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelColumnName);
        return new TorchOneVersusAllTrainer(binaryEstimator, labelColumnName);
    }
}
