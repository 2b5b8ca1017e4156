namespace MLNetDebug.Torch.Training;

/// <summary>What a guard did, or said.</summary>
public enum TrainingEventKind
{
    /// <summary>A finding was made; nothing was done.</summary>
    Found = 0,

    /// <summary>A step was not taken.</summary>
    Skipped = 1,

    /// <summary>Parameters, optimizer state, buffers and random state were put back to the last good snapshot.</summary>
    RolledBack = 2,

    /// <summary>The learning rate was lowered.</summary>
    RateLowered = 3,

    /// <summary>Gradients were clipped, or are from now on.</summary>
    Clipped = 4,

    /// <summary>Training was stopped.</summary>
    Stopped = 5,
}

/// <summary>One event of a run.</summary>
/// <param name="Step">The step it happened at.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">One sentence.</param>
public sealed record TrainingEvent(long Step, TrainingEventKind Kind, string Text)
{
    /// <summary>The epoch.</summary>
    public int Epoch { get; init; }

    /// <summary>The rule whose finding it is or that caused it; null where there is none.</summary>
    public string? RuleId { get; init; }
}
