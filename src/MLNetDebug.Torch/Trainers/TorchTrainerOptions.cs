using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using MLNetDebug.Torch.Trainers.Loop;
using MLNetDebug.Torch.Training;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers;

/// <summary>How a network is trained. Everything has a default.</summary>
public sealed record TorchTrainerOptions
{
    /// <summary>The label: a key for several classes, true or false for two, a number (Single) for regression. Default "Label".</summary>
    [Required]
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>The features: a vector of Single of known size, dense or sparse, with one or several dimensions, or an image of known size. Default "Features".</summary>
    [Required]
    public string FeatureColumnName { get; init; } = "Features";

    /// <summary>How weights are updated. Default <see cref="TorchOptimizer.AdamW"/>.</summary>
    [EnumDataType(typeof(TorchOptimizer))]
    public TorchOptimizer Optimizer { get; init; }

    /// <summary>The learning rate, in (0, 1000]. Default 0.001.</summary>
    [Range(double.Epsilon, 1000)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the rate runs over the training. Default: constant.</summary>
    [Required]
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Momentum of <see cref="TorchOptimizer.Sgd"/> and <see cref="TorchOptimizer.RmsProp"/>, in [0, 1). Default 0.9.</summary>
    [Range(0, 0.9999999)]
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay, in [0, 10]. Default 0.01 for AdamW as its authors have it, and 0 for the others, where it is null.</summary>
    [Range(0, 10)]
    public double? WeightDecay { get; init; }

    /// <summary>True to let biases and the weights of normalisation decay too: all parameters of fewer than two dimensions. Default false.</summary>
    public bool DecayBiasesAndNorms { get; init; }

    /// <summary>Rows of a step, in [1, 1000000]. Default 32.</summary>
    [Range(1, 1_000_000)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the training rows, in [1, 1000000]. Default 20.</summary>
    [Range(1, 1_000_000)]
    public int Epochs { get; init; } = 20;

    /// <summary>
    /// The loss, of outputs <c>[rows, outputs]</c> and targets (class indices <c>[rows]</c>; 0, 1 or numbers <c>[rows, 1]</c>), its mean over the rows. Default: cross entropy, binary cross entropy with
    /// logits, or the mean squared error.
    /// </summary>
    public Func<Tensor, Tensor, Tensor>? Loss { get; init; }

    /// <summary>Share of the rows that is held out at random, in [0, 0.9]; their loss says which epoch was best. Default 0.1; 0 trains on all rows. Not used where <see cref="Validation"/> is given.</summary>
    [Range(0, 0.9)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Rows to hold out instead, with the same columns as the training rows. Default: none.</summary>
    public IDataView? Validation { get; init; }

    /// <summary>Ends after so many epochs in a row without a better held-out loss, in [1, 1000000]; null to train all epochs. The best epoch's weights are kept in any case. Default null.</summary>
    [Range(1, 1_000_000)]
    public int? Patience { get; init; }

    /// <summary>True to divide the logits of a classifier by the temperature that makes the held-out labels most likely (Guo et al. 2017). Default false.</summary>
    public bool Calibrate { get; init; }

    /// <summary>True to set the bias of the output layer to what the labels say before anything is learned: log shares of the classes, or the mean. Default true.</summary>
    public bool InitializeOutputBias { get; init; } = true;

    /// <summary>The seed of initial weights, order and dropout: at a given number of threads a training repeats to the bit. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where to train and score; null for the CPU. Default null.</summary>
    public Device? Device { get; init; }

    /// <summary>How training is watched; null to leave it unwatched. Default: warn, leave out steps that are not finite, stop after three in a row.</summary>
    public TrainingGuardOptions? Guard { get; init; } = new();

    /// <summary>What is checked of the network before its first step; null to check nothing. Default: everything.</summary>
    public NetworkCheckOptions? Check { get; init; } = new();

    /// <summary>A finding of this severity before the first step stops with a <see cref="DiagnosticException"/>; <see cref="Severity.None"/> never stops. Default <see cref="Severity.Error"/>.</summary>
    [EnumDataType(typeof(Severity))]
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>
    /// A folder for checkpoints: a training that was ended from outside goes on from the last one when it is started again with the same network, options and rows, and ends in the same bits, as long as the
    /// guard does not have to act: what leads it to a mend lies in the steps it saw. Each training has a folder of its own in it. Default: none is written.
    /// </summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Time between checkpoints, in [0, 1 day]; besides one is written at the end of each epoch. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes of training rows kept in memory, at least 0; what is beyond goes to a temporary file. Default 256 MB.</summary>
    [Range(0, long.MaxValue)]
    public long MemoryLimit { get; init; } = 256L << 20;

    /// <summary>Rows that a trained network scores at a time, in [1, 1000000]. Default 256.</summary>
    [Range(1, 1_000_000)]
    public int ScoreBatchSize { get; init; } = 256;

    /// <summary>Is told where training stands. Default: none.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends training within one step with <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Is told how training goes, guarded or not. Default: none.</summary>
    internal ITrainingObserver? Observer { get; init; }

    /// <summary>The decay that applies.</summary>
    internal double Decay => WeightDecay ?? (Optimizer == TorchOptimizer.AdamW ? 0.01 : 0);
}
