using Microsoft.ML;
using Microsoft.ML.Trainers;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.Trainers;

/// <summary>
/// Trains a network of the user's own, written with TorchSharp, as any of ML.NET's trainers is trained: rows are read once and shuffled anew for every epoch, the network is checked before its
/// first step and guarded from then on, and the weights of the best epoch are kept.
/// </summary>
public abstract class TorchTrainer : ITrainerEstimator<TorchPredictionTransformer, TorchModelParameters>, ITrainerDeclaration
{
    private protected TorchTrainer(TorchNetwork network, TorchTask task, TorchTrainerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Network, Task, Options) = (network, task, options ?? new());
        TrainerOptionsChecks.ThrowIfInvalid(Options, task);
    }

    /// <summary>The network.</summary>
    public TorchNetwork Network { get; }

    /// <summary>What is learned.</summary>
    public TorchTask Task { get; }

    /// <summary>How it is trained.</summary>
    public TorchTrainerOptions Options { get; }

    /// <inheritdoc/>
    public TrainerInfo Info => Templates.Info;

    /// <summary>The same trainer with other options.</summary>
    /// <exception cref="ArgumentException">An option is wrong; all errors are in one message.</exception>
    internal abstract TorchTrainer With(TorchTrainerOptions options);

    TrainerFacts ITrainerDeclaration.Facts => new(
        new TrainerTraits(GetType().Name, TrainerFamily.StochasticGradient, true) { ShufflesRows = true },
        Task switch
        {
            TorchTask.Regression => LearningTask.Regression,
            TorchTask.BinaryClassification => LearningTask.BinaryClassification,
            _ => LearningTask.MulticlassClassification,
        })
    {
        Label = Options.LabelColumnName,
        Features = [Options.FeatureColumnName],
        BatchSize = Options.BatchSize,
    };

    /// <summary>Trains the network.</summary>
    /// <param name="input">The rows. They are read once; those beyond <see cref="TorchTrainerOptions.MemoryLimit"/> are kept in a temporary file until training ends.</param>
    /// <returns>The trained network, which scores in batches.</returns>
    /// <exception cref="ArgumentException">The label or the features are missing or of another type, or no row can be trained on.</exception>
    /// <exception cref="DiagnosticException">The network cannot learn, as the check before the first step found, or its weights are not finite at the end.</exception>
    /// <exception cref="Training.TrainingStoppedException">Training could not go on; the report says why.</exception>
    /// <exception cref="InvalidOperationException">The libraries of TorchSharp do not load, the device is absent, memory is used up, or the network does not fit the rows.</exception>
    /// <exception cref="IOException">A checkpoint cannot be written or read, or the rows do not fit into the temporary folder.</exception>
    public TorchPredictionTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return TrainerFit.Run(this, input, Options.Validation);
    }

    /// <summary>Trains the network with rows held out of your own choice.</summary>
    /// <param name="input">The rows to train on.</param>
    /// <param name="validation">The rows to hold out; in place of <see cref="TorchTrainerOptions.Validation"/>.</param>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public TorchPredictionTransformer Fit(IDataView input, IDataView validation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(validation);
        return TrainerFit.Run(this, input, validation);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Templates.OutputSchema(inputSchema, Options.LabelColumnName, Options.FeatureColumnName, Task);
    }
}
