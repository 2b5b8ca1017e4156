namespace MLNetDebug.Torch.Trainers;

/// <summary>Trains a network that tells several classes apart.</summary>
public sealed class TorchMulticlassTrainer : TorchTrainer
{
    internal TorchMulticlassTrainer(TorchNetwork network, TorchTrainerOptions? options)
        : base(network, TorchTask.MulticlassClassification, options)
    {
    }

    internal override TorchTrainer With(TorchTrainerOptions options) => new TorchMulticlassTrainer(Network, options);
}

/// <summary>Trains a network that tells two classes apart, by one logit.</summary>
public sealed class TorchBinaryTrainer : TorchTrainer
{
    internal TorchBinaryTrainer(TorchNetwork network, TorchTrainerOptions? options)
        : base(network, TorchTask.BinaryClassification, options)
    {
    }

    internal override TorchTrainer With(TorchTrainerOptions options) => new TorchBinaryTrainer(Network, options);
}

/// <summary>Trains a network that predicts a number.</summary>
public sealed class TorchRegressionTrainer : TorchTrainer
{
    internal TorchRegressionTrainer(TorchNetwork network, TorchTrainerOptions? options)
        : base(network, TorchTask.Regression, options)
    {
    }

    internal override TorchTrainer With(TorchTrainerOptions options) => new TorchRegressionTrainer(Network, options);
}

/// <summary>Trains a network of one logit for each class: that class against all others.</summary>
public sealed class TorchOneVersusAllTrainer : TorchTrainer
{
    internal TorchOneVersusAllTrainer(TorchBinaryTrainer binary, string labelColumnName)
        : base(binary.Network, TorchTask.OneVersusAll, binary.Options with { LabelColumnName = labelColumnName })
    {
    }

    private TorchOneVersusAllTrainer(TorchNetwork network, TorchTrainerOptions options)
        : base(network, TorchTask.OneVersusAll, options)
    {
    }

    internal override TorchTrainer With(TorchTrainerOptions options) => new TorchOneVersusAllTrainer(Network, options);
}
