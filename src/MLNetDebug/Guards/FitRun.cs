using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>How a fit ended.</summary>
public enum FitOutcome
{
    /// <summary>As the trainer meant it.</summary>
    Completed = 0,

    /// <summary>Early on request or by a budget; the model is what had been learned until then.</summary>
    Stopped = 1,

    /// <summary>Cancelled, or ended by a budget with nothing to keep.</summary>
    Cancelled = 2,

    /// <summary>Ended by the guard: the loss, gradients or weights were no longer finite.</summary>
    Diverged = 3,

    /// <summary>The trainer threw.</summary>
    Failed = 4,
}

/// <summary>What a guard saw of one fit while it ran. Immutable.</summary>
public sealed record FitRun
{
    /// <summary>The trainer's type name.</summary>
    public required string Trainer { get; init; }

    /// <summary>How it ended.</summary>
    public required FitOutcome Outcome { get; init; }

    /// <summary>Wall time of the trainer's own <c>Fit</c>.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Passes the trainer began over the data; 1 for trainers that load it into memory first.</summary>
    public int Passes { get; init; }

    /// <summary>Passes for which it asked for shuffled rows.</summary>
    public int ShuffledPasses { get; init; }

    /// <summary>Rows it read, over all passes. Where nothing could have ended training and nobody was told of its progress, rows are not counted one by one, and each pass counts as whole.</summary>
    public long Rows { get; init; }

    /// <summary>Losses and norms in their order, at most 10,000; empty where the trainer shows none.</summary>
    public IReadOnlyList<FitSignal> Signals { get; init; } = [];

    /// <summary>What the trainer warned of in <c>MLContext.Log</c>, at most 100, one of a kind.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The moment the numbers were no longer finite; null where they always were, or could not be seen.</summary>
    public FitSignal? NonFinite { get; init; }

    /// <summary>The zero-based epoch whose weights the model holds, where the guard went back to it; null where it did not.</summary>
    public int? RestoredEpoch { get; init; }

    /// <summary>What could not be observed on this version, and why.</summary>
    public IReadOnlyList<string> NotObserved { get; init; } = [];

    /// <summary>The last accuracy a network's trainer reported of itself, which is that of its last validation batch; null where it reported none.</summary>
    internal double? ReportedAccuracy { get; init; }

    /// <summary>Why the guard ended it early.</summary>
    internal StopReason StopReason { get; init; }

    /// <summary>What the trainer threw, taken apart; null where it did not throw.</summary>
    internal FitFailure? Failure { get; init; }

    /// <summary>The data it was fitted on; null where it was not profiled.</summary>
    internal DataProfile? Data { get; init; }
}

/// <summary>An exception of a trainer, and what it means.</summary>
/// <param name="Message">The exception's own words.</param>
internal sealed record FitFailure(string Message)
{
    /// <summary>What caused it, in a sentence; null where it is not one of those known.</summary>
    public string? Cause { get; init; }

    /// <summary>Where.</summary>
    public required Subject Subject { get; init; }

    /// <summary>The values it stands on.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<Advice> Advice { get; init; } = [];

    /// <summary>A repair that can be applied.</summary>
    public Mend? Mend { get; init; }
}
