namespace MLNetDebug.Guards;

/// <summary>What a network's trainer needs of its rows beyond what a data profile tells. Immutable.</summary>
internal sealed record TrainerInput
{
    /// <summary>The trainer's type name.</summary>
    public required string Trainer { get; init; }
}
