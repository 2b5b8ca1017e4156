namespace MLNetDebug.AutoML;

/// <summary>What is asked of a trial: all that its result depends on.</summary>
/// <param name="Number">Its place in the study, from 0.</param>
/// <param name="Kind">What it is run for.</param>
/// <param name="Parameters">What it is trained with.</param>
/// <param name="Seed">The seed of everything random in it.</param>
/// <param name="Epochs">The epochs it is to train; 0 for a range test.</param>
public sealed record TrialPlan(int Number, TrialKind Kind, TrialParameters Parameters, int Seed, int Epochs)
{
    /// <summary>Which of several it is, such as <c>large batch, equal updates</c>; empty for a trial of the search.</summary>
    public string Arm { get; init; } = "";
}

/// <summary>A trial as the study knows it.</summary>
/// <param name="Plan">What was asked.</param>
public sealed record TrialRecord(TrialPlan Plan)
{
    /// <summary>Where it stands.</summary>
    public TrialState State { get; init; }

    /// <summary>How often a worker has begun it, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The worker that has it, or had it last.</summary>
    public string Worker { get; init; } = "";

    /// <summary>When its present attempt began, by the store's clock.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>When it ended, by the store's clock; null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Its metric: of a completed trial the outcome, of a pruned one the best it had reported; NaN where there is none.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The metric on test rows; NaN where there is none.</summary>
    public double TestMetric { get; init; } = double.NaN;

    /// <summary>Gradient steps of its present attempt.</summary>
    public long Steps { get; init; }

    /// <summary>Why it was pruned or failed; null where it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>What its guard found.</summary>
    public IReadOnlyList<TrialFinding> Findings { get; init; } = [];

    /// <summary>What its present attempt has reported, in order.</summary>
    public IReadOnlyList<TrialPoint> Points { get; init; } = [];

    /// <summary>What a range test has shown; null for other trials.</summary>
    public LearningRateBracket? Bracket { get; init; }
}

/// <summary>What a trial reported after an epoch: one point of its learning curve.</summary>
/// <param name="Epoch">Epochs done, from 1.</param>
/// <param name="Metric">The metric on the validation rows; may be anything, also not finite.</param>
/// <param name="Steps">Gradient steps so far.</param>
public sealed record TrialPoint(int Epoch, double Metric, long Steps);

/// <summary>What a guard found in a trial, as a study keeps it.</summary>
/// <param name="RuleId">The rule, one of <see cref="RuleIds"/>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What is wrong, with the numbers.</param>
public sealed record TrialFinding(string RuleId, Severity Severity, string Message)
{
    /// <summary>A finding as a study keeps it.</summary>
    /// <param name="finding">The finding.</param>
    /// <returns>Its rule, severity and message.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="finding"/> is null.</exception>
    public static TrialFinding Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new TrialFinding(finding.Rule.Id, finding.Severity, finding.Message);
    }
}
