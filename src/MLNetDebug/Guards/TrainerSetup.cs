namespace MLNetDebug.Guards;

/// <summary>What a trainer was set up with, before any row is read. Immutable.</summary>
internal sealed record TrainerSetup
{
    /// <summary>The trainer's type name.</summary>
    public required string Trainer { get; init; }
}
