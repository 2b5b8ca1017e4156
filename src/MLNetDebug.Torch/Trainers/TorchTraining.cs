using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Trainers;

/// <summary>How a network was trained. It stays in the process that trained; a saved model does not hold it.</summary>
public sealed record TorchTraining
{
    /// <summary>What the check before the first step and the guard during training found.</summary>
    public required DiagnosticReport Report { get; init; }

    /// <summary>The epochs, in order.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>What the guard did, in order.</summary>
    public required IReadOnlyList<TrainingEvent> Events { get; init; }

    /// <summary>The epoch whose weights the model has, counted from 0; the last one where nothing was held out.</summary>
    public required int BestEpoch { get; init; }
}
