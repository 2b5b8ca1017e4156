namespace MLNetDebug.AutoML.Search;

/// <summary>Whether a search has used up its budget.</summary>
internal sealed class BudgetCheck(SweepOptions options)
{
    /// <summary>True where no further trial of the search is to begin.</summary>
    public bool IsSpent(StudySnapshot study)
    {
        var search = study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        return search.Length >= options.Budget.Trials
            || search.Sum(EpochsOf) >= options.Budget.Epochs
            // Something must have been tried before time can be up.
            || (options.Budget.Time is { } time && search.Any(t => t.State != TrialState.Running) && Worked(study) + Rest(study) >= time);
    }

    /// <summary>How long the sweep will still take; null where nothing can be said.</summary>
    public TimeSpan? Left(StudySnapshot study)
    {
        if (options.Budget.Time is { } time)
            return time > Worked(study) ? time - Worked(study) : TimeSpan.Zero;
        var ended = study.Trials.Where(t => t is { Plan.Kind: TrialKind.Search, State: not TrialState.Running }).ToArray();
        if (ended.Length == 0)
            return null;
        var per = ended.Average(t => DurationOf(t, study).TotalSeconds) / Workers(study);
        var left = options.Budget.Trials - ended.Length ?? ((options.Budget.Epochs - ended.Sum(EpochsOf)) / Math.Max(1, ended.Average(EpochsOf)));
        return TimeSpan.FromSeconds(Math.Max(0, left ?? 0) * per) + Rest(study);
    }

    /// <summary>The time during which at least one worker was at a trial, or between two: proposals take time too. Hours between a kill and the next start are not spent.</summary>
    public TimeSpan Worked(StudySnapshot study)
    {
        var sum = TimeSpan.Zero;
        DateTimeOffset? until = null;
        foreach (var (started, ended) in study.Trials.Select(t => (t.Started, Ended: t.Ended ?? study.Now)).OrderBy(t => t.Started).Append((study.Now, study.Now)))
        {
            // Who is away for longer than that is dead.
            var from = until is { } last && started - last < options.HeartbeatExpiry ? last : started;
            if (ended > from)
                sum += ended - from;
            if (until is null || ended > until)
                until = ended;
        }

        return sum;
    }

    /// <summary>What confirmations and arms that are still to come will take.</summary>
    private TimeSpan Rest(StudySnapshot study)
    {
        var whole = study.Trials.Where(t => t is { Plan.Kind: TrialKind.Search, State: TrialState.Completed }).Select(t => DurationOf(t, study).TotalSeconds).ToArray();
        var open = (2 * options.Repeats) - study.Trials.Count(t => t is { Plan.Kind: TrialKind.Confirmation, State: not TrialState.Running });
        var seconds = Math.Max(0, open) * (whole.Length > 0 ? whole.Average() : 0);
        var arms = BatchSizeArms.Of(study.Trials, options);
        foreach (var plan in arms.Plans.Where(p => BatchSizeArms.RunOf(study.Trials, p) is null or { State: TrialState.Running }))
            seconds += DurationOf(plan.Arm == BatchSizeArms.SmallArm ? arms.Small! : arms.Large!, study).TotalSeconds * plan.Epochs / options.Epochs;
        return TimeSpan.FromSeconds(seconds / Workers(study));
    }

    private static int Workers(StudySnapshot study) => Math.Max(1, study.Trials.Where(t => t.State == TrialState.Running).Select(t => t.Worker).Distinct().Count());

    private static TimeSpan DurationOf(TrialRecord trial, StudySnapshot study) => (trial.Ended ?? study.Now) - trial.Started;

    /// <summary>
    /// Of a trial that runs, all that it was given: else every worker would think the budget were still there. A trial that reported nothing and still has a metric came to its end; without one it counts as an
    /// epoch, so that trials which fail at once use up a budget too.
    /// </summary>
    private static long EpochsOf(TrialRecord trial) =>
        trial.State is TrialState.Running or TrialState.Completed || (trial.Points.Count == 0 && double.IsFinite(trial.Metric)) ? trial.Plan.Epochs
        : trial.Points.Count == 0 ? 1 : trial.Points.Max(p => p.Epoch);
}
