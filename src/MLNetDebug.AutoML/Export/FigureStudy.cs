using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Export;

/// <summary>How a trial of the search is drawn.</summary>
internal enum TrialMark
{
    Failed,
    Diverged,
    Running,
    Pruned,
    Completed,
}

/// <summary>What the figures read of a study.</summary>
/// <param name="Study">The study.</param>
/// <param name="Metric">What its trials are compared by.</param>
/// <param name="Search">Its trials of the search.</param>
/// <param name="Winner">The trial that is ringed; null where there is none.</param>
internal sealed record FigureStudy(StudySnapshot Study, SweepMetric Metric, IReadOnlyList<TrialRecord> Search, TrialRecord? Winner)
{
    public static FigureStudy Of(StudySnapshot study, SweepMetric metric, int? winner)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(metric);
        var search = study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        if (winner is not { } number)
            return new FigureStudy(study, metric, search, Best(search, metric));
        var named = search.FirstOrDefault(t => t.Plan.Number == number)
            ?? throw new ArgumentException($"Study '{study.Definition.Name}' has no trial {number} of the search: the number of one of its {Words.Count(search.Length, "search trial")} is expected.", nameof(winner));
        return new FigureStudy(study, metric, search, named);
    }

    /// <summary>How a trial is drawn: one that diverged is told from one that failed by what its guard found or by what it reported.</summary>
    public static TrialMark MarkOf(TrialRecord trial) => trial.State switch
    {
        TrialState.Running => TrialMark.Running,
        TrialState.Completed when double.IsFinite(trial.Metric) => TrialMark.Completed,
        TrialState.Pruned when !HasDiverged(trial) => TrialMark.Pruned,
        _ when HasDiverged(trial) => TrialMark.Diverged,
        _ => TrialMark.Failed,
    };

    /// <summary>The counts of the marks, in words.</summary>
    public string Counts()
    {
        var counts = Search.CountBy(MarkOf).OrderByDescending(c => c.Key).Select(c => $"{Words.Number((long)c.Value)} {Name(c.Key)}");
        return $"{Words.Count(Search.Count, "search trial")}{(Search.Count > 0 ? ": " : "")}{string.Join(", ", counts)}";
    }

    /// <summary>Who stands best, in words.</summary>
    public string WinnerText() => Winner is { } best
        ? $"Best: trial {best.Plan.Number}, {Metric.Name} {FigureText.Number(best.Metric)} at {best.Plan.Parameters}"
        : "No trial of the search has completed yet";

    /// <summary>What a figure shows, and of which study: neither name takes all the room.</summary>
    public string Title(string what) => $"{FigureText.Fit(Metric.Name, 200, 17)} {what}: {Study.Definition.Name}";

    /// <summary>The names of the marks.</summary>
    public static string Name(TrialMark mark) => mark switch
    {
        TrialMark.Completed => "completed",
        TrialMark.Pruned => "pruned",
        TrialMark.Running => "running",
        TrialMark.Diverged => "diverged",
        _ => "failed",
    };

    private static TrialRecord? Best(IEnumerable<TrialRecord> search, SweepMetric metric)
    {
        TrialRecord? best = null;
        foreach (var trial in search.Where(t => MarkOf(t) == TrialMark.Completed))
        {
            if (metric.IsBetter(trial.Metric, best?.Metric ?? double.NaN))
                best = trial;
        }

        return best;
    }

    private static bool HasDiverged(TrialRecord trial) =>
        trial.Findings.Any(f => f.RuleId is RuleIds.LearningRateTooLarge or RuleIds.NonFinite) || trial.Points.Any(p => !double.IsFinite(p.Metric));
}
