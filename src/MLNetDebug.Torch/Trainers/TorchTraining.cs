using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Trainers;

/// <summary>How a network was trained. It stays in the process that trained; a saved model does not hold it.</summary>
public sealed record TorchTraining
{
    /// <summary>What the check before the first step found; null where nothing was checked.</summary>
    public required DiagnosticReport? NetworkReport { get; init; }

    /// <summary>What the guard found during training; null where nobody watched.</summary>
    public required DiagnosticReport? Report { get; init; }

    /// <summary>The guarded epochs that this process trained, in order; those before it took up a checkpoint are not among them.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>What the guard found and did, in order.</summary>
    public required IReadOnlyList<TrainingEvent> Events { get; init; }

    /// <summary>The epoch whose weights the model has, counted from 0; the last one where nothing was held out.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Rows that were left out since their label is missing or not finite.</summary>
    public long RowsWithoutLabel { get; init; }

    /// <summary>Rows that were left out since a feature is not finite.</summary>
    public long RowsNotFinite { get; init; }

    /// <summary>Checkpoints that were damaged and passed over, and why.</summary>
    public IReadOnlyList<string> DamagedCheckpoints { get; init; } = [];
}
