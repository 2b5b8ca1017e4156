namespace MLNetDebug.AutoML;

/// <summary>What happened to a trial.</summary>
public enum TrialEventKind
{
    /// <summary>A worker began it for the first time.</summary>
    Started = 0,

    /// <summary>A worker took it over from one that was heard of no more, or had given it back.</summary>
    TakenOver = 1,

    /// <summary>It reported a point of its learning curve.</summary>
    Reported = 2,

    /// <summary>It ran to its end.</summary>
    Completed = 3,

    /// <summary>It was ended early.</summary>
    Pruned = 4,

    /// <summary>It failed.</summary>
    Failed = 5,

    /// <summary>Its worker gave it back before its end, for another to begin it anew.</summary>
    Released = 6,
}

/// <summary>One event of a trial; a study never changes or forgets one.</summary>
/// <param name="Sequence">Its place among the study's events, ascending.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Worker">Whose attempt it is.</param>
/// <param name="Time">When, by the store's clock.</param>
public sealed record TrialEvent(long Sequence, int Trial, int Attempt, TrialEventKind Kind, string Worker, DateTimeOffset Time)
{
    /// <summary>The point that was reported; null for other events.</summary>
    public TrialPoint? Point { get; init; }
}
