using System.ComponentModel.DataAnnotations;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>How the trials of an experiment are guarded. Everything has a default.</summary>
public sealed record GuardedExperimentOptions
{
    /// <summary>
    /// How each trial's training is guarded. Its <see cref="GuardOptions.TimeBudget"/> and <see cref="GuardOptions.StopToken"/> end one fit and keep the model where the trainer makes
    /// a sound one; its signals are heard over all trials. Reports go nowhere unless its sinks are set: they stand in <see cref="TrialReport.Report"/>. Default: the guard's own defaults.
    /// </summary>
    public GuardOptions Guard { get; init; } = new();

    /// <summary>
    /// Wall time of one trial over all its folds, a millisecond to 365 days; null without limit. A trainer that makes a sound model of what it has keeps it; elsewhere the trial fails.
    /// A runner of your own that is no <see cref="IGuardableTrialRunner"/> has its token cancelled. Default null.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan? TrialBudget { get; init; }

    /// <summary>Ends trials early whose losses are worse than those of finished trials; null for none: it is an estimate, and may end what would have won. Default null.</summary>
    public PruningOptions? Pruning { get; init; }

    /// <summary>
    /// Memory of the whole process, in megabytes, above which the running trial is ended, 1 or more; only that trial: AutoML's own limit ends the experiment with it. Default (null): what
    /// <c>SetMaximumMemoryUsageInMegaByte</c> says, else no limit.
    /// </summary>
    [Range(1.0, double.MaxValue)]
    public double? MaximumMemoryInMegabytes { get; init; }

    /// <summary>How often memory is looked at, 10 milliseconds to 10 minutes. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan MemoryCheckInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The experiment is ended with <see cref="ExperimentFailedException"/> when its first so many trials have all failed, 1 or more; null goes on until AutoML stops. Default null.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? GiveUpAfter { get; init; }

    /// <summary>Told of each trial when it has ended, on the thread that ran it. Default: none; <c>experiment.TrialReports()</c> has them all.</summary>
    public IProgress<TrialReport>? Trials { get; init; }

    /// <summary>Told of each trap in the search space before the first trial. Default: none; <c>MLContext.Log</c> and <c>experiment.SearchSpaceIssues()</c> have them all.</summary>
    public IProgress<SearchSpaceIssue>? Issues { get; init; }
}
