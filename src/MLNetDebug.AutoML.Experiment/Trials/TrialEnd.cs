namespace MLNetDebug.AutoML.Experiment;

/// <summary>Why a trial has failed, or is to end.</summary>
/// <param name="Outcome">How it ends.</param>
/// <param name="Reason">Why, in a sentence.</param>
internal sealed record TrialEnd(TrialOutcome Outcome, string Reason)
{
    /// <summary>What was found; null where nothing was looked into.</summary>
    public DiagnosticReport? Report { get; init; }

    /// <summary>What the trial threw; null where it did not throw.</summary>
    public Exception? Error { get; init; }

    /// <summary>The loss as it was measured.</summary>
    public double? Loss { get; init; }

    /// <summary>The metric as it was measured.</summary>
    public double? Metric { get; init; }
}

/// <summary>Ends a trial from within with a reason that is known.</summary>
internal sealed class TrialEndedException(TrialEnd end) : Exception(end.Reason)
{
    /// <summary>The reason.</summary>
    public TrialEnd End => end;
}
