namespace MLNetDebug.AutoML.Experiment;

/// <summary>How a trial ended.</summary>
public enum TrialOutcome
{
    /// <summary>With a model that lives and a finite metric.</summary>
    Completed = 0,

    /// <summary>With an exception.</summary>
    Failed = 1,

    /// <summary>With a dead model: parameters or scores that are not finite, or one answer for every row.</summary>
    Dead = 2,

    /// <summary>With a loss or metric that is no usable number.</summary>
    InvalidMetric = 3,

    /// <summary>Ended early: its losses were worse than those of finished trials.</summary>
    Pruned = 4,

    /// <summary>Ended by a budget of time or passes, with no sound model to keep.</summary>
    OutOfTime = 5,

    /// <summary>Ended by the memory limit, or out of memory.</summary>
    OutOfMemory = 6,

    /// <summary>Ended with the experiment.</summary>
    Cancelled = 7,
}

/// <summary>One trial as the guard saw it. Immutable.</summary>
public sealed record TrialReport
{
    /// <summary>AutoML's number of the trial, zero-based.</summary>
    public required int TrialId { get; init; }

    /// <summary>How it ended; only <see cref="TrialOutcome.Completed"/> trials can become the best.</summary>
    public required TrialOutcome Outcome { get; init; }

    /// <summary>The parameters, as AutoML writes them.</summary>
    public required string Parameters { get; init; }

    /// <summary>Why it failed, in a sentence; null for a completed trial.</summary>
    public string? Reason { get; init; }

    /// <summary>What the guard found, also of completed trials; null where the trial was not looked into.</summary>
    public DiagnosticReport? Report { get; init; }

    /// <summary>The loss as it was measured, lower is better; NaN or infinite where it was, null where there is none.</summary>
    public double? Loss { get; init; }

    /// <summary>The metric as it was measured; NaN or infinite where it was, null where there is none.</summary>
    public double? Metric { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeSpan Duration { get; init; }
}
