namespace MLNetDebug.Torch.Training;

/// <summary>One run of a history: what was written from one opening of the file to the next.</summary>
public sealed record RecordedRun
{
    /// <summary>When it began; null where the file does not say.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Its steps, in the order they were written.</summary>
    public IReadOnlyList<StepRecord> Steps { get; init; } = [];

    /// <summary>Its finished epochs, in the order they were written.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>Its events, in the order they were written.</summary>
    public IReadOnlyList<TrainingEvent> Events { get; init; } = [];
}
