using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Spaces;
using MLNetDebug.AutoML.Studies;
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
            return new FigureStudy(study, metric, search, SweepJudge.Best(search, metric));
        var named = search.FirstOrDefault(t => t.Plan.Number == number)
            ?? throw new ArgumentException($"Study '{study.Definition.Name}' has no trial {number} of the search: the number of one of its {Words.Count(search.Length, "search trial")} is expected.", nameof(winner));
        return new FigureStudy(study, metric, search, named) { IsCrowned = true };
    }

    /// <summary>As a sweep ended: where it crowned no trial, none is ringed.</summary>
    public static FigureStudy Of(StudySnapshot study, SweepMetric metric, TrialRecord? crowned) =>
        crowned is null ? Of(study, metric, (int?)null) with { Winner = null, IsCrowned = true } : Of(study, metric, crowned.Plan.Number);

    /// <summary>True where the winner was named, by its number or by a sweep that has ended; false where it is the best so far.</summary>
    public bool IsCrowned { get; init; }

    /// <summary>The texts of choices.</summary>
    public ChoiceTexts Choices { get; } = ChoiceTexts.Of(Study.Definition);

    /// <summary>What the winner is called in a legend.</summary>
    public string WinnerName => IsCrowned ? "winner" : "best of the search";

    /// <summary>How a trial is drawn: one that diverged is told from one that failed by what its guard found or by what it reported.</summary>
    public static TrialMark MarkOf(TrialRecord trial) => trial.State switch
    {
        TrialState.Running => TrialMark.Running,
        TrialState.Completed when double.IsFinite(trial.Metric) => TrialMark.Completed,
        _ when DivergenceCaps.HasDiverged(trial) => TrialMark.Diverged,
        TrialState.Pruned => TrialMark.Pruned,
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
        ? $"{(IsCrowned ? "Winner" : "Best")}: trial {best.Plan.Number}, {Metric.Name} {FigureText.Number(best.Metric)}{(IsCrowned ? " in the search" : "")} at {Choices.Words(best.Plan.Parameters)}"
        : IsCrowned ? "No trial is crowned: none came through with every seed" : "No trial of the search has completed yet";

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
}
