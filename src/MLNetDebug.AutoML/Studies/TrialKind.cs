namespace MLNetDebug.AutoML;

/// <summary>What a trial is run for.</summary>
public enum TrialKind
{
    /// <summary>A learning-rate range test of one batch size; it trains nothing to keep.</summary>
    RangeTest = 0,

    /// <summary>Proposed by the search. It may be pruned.</summary>
    Search = 1,

    /// <summary>A small or a large batch at its own best rate, over several seeds, for the effect of the batch size.</summary>
    Arm = 2,

    /// <summary>One of the two best over again with another seed.</summary>
    Confirmation = 3,
}

/// <summary>Where a trial stands.</summary>
public enum TrialState
{
    /// <summary>A worker has it.</summary>
    Running = 0,

    /// <summary>It ran to its end with a finite metric.</summary>
    Completed = 1,

    /// <summary>It was ended early: its guard found why it cannot win, or others stood better at the same epoch.</summary>
    Pruned = 2,

    /// <summary>It threw, its metric was not finite, or it took its worker with it time and again.</summary>
    Failed = 3,
}
