namespace MLNetDebug.AutoML;

/// <summary>How a trial ended.</summary>
/// <param name="State"><see cref="TrialState.Completed"/>, <see cref="TrialState.Pruned"/> or <see cref="TrialState.Failed"/>.</param>
public sealed record TrialEnd(TrialState State)
{
    /// <summary>Its metric; NaN where there is none.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The metric on test rows; NaN where there is none.</summary>
    public double TestMetric { get; init; } = double.NaN;

    /// <summary>Gradient steps that were taken.</summary>
    public long Steps { get; init; }

    /// <summary>Why it was pruned or failed.</summary>
    public string? Reason { get; init; }

    /// <summary>What its guard found.</summary>
    public IReadOnlyList<TrialFinding> Findings { get; init; } = [];

    /// <summary>What a range test has shown.</summary>
    public LearningRateBracket? Bracket { get; init; }
}

/// <summary>A worker's right to a trial: it lasts until the worker gives the trial back, or another takes it over.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Plan">What is asked of the trial.</param>
/// <param name="Attempt">Which attempt it is, from 1: what an earlier one writes is refused.</param>
public sealed record TrialClaim(string Study, TrialPlan Plan, int Attempt)
{
    /// <summary>Attempts before this one whose workers were heard of no more: those that were given back are not among them.</summary>
    public int Deaths { get; init; }
}
