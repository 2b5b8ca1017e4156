using System.Runtime.CompilerServices;
using Microsoft.ML.AutoML;
using Microsoft.ML.Runtime;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>The guard of one experiment: what all its trials share. Thread-safe.</summary>
internal sealed class ExperimentGuard(GuardedExperimentOptions options)
{
    private const string ExperimentOver = "The time of the experiment was over, and no trial had completed.";

    private static readonly ConditionalWeakTable<AutoMLExperiment, ExperimentGuard> Guards = [];

    private readonly Lock _gate = new();
    private readonly List<TrialReport> _reports = [];
    private ExperimentRun? _run;
    private TrialControl? _current;
    private bool _hasCompleted;

    public GuardedExperimentOptions Options => options;

    public MedianRule? Pruner { get; } = options.Pruning is { } pruning ? new MedianRule(pruning) : null;

    /// <summary>True where AutoML has asked for this guard's runner since it last asked for its monitor, as it does for each trial.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>The trial that runs; null between trials.</summary>
    public TrialControl? Current
    {
        get
        {
            lock (_gate)
                return _current;
        }
    }

    /// <summary>Trials that ended, in their order.</summary>
    public IReadOnlyList<TrialReport> Reports
    {
        get
        {
            lock (_gate)
                return [.. _reports];
        }
    }

    /// <summary>The traps in the search space of the last run.</summary>
    public IReadOnlyList<SearchSpaceIssue> Issues { get; private set; } = [];

    /// <summary>Makes this the guard of an experiment, in place of an earlier one.</summary>
    public void Attach(AutoMLExperiment experiment) => Guards.AddOrUpdate(experiment, this);

    /// <summary>An experiment's guard; null where it has none.</summary>
    public static ExperimentGuard? Of(AutoMLExperiment experiment) => Guards.TryGetValue(experiment, out var guard) ? guard : null;

    /// <summary>The runner of a trial. AutoML asks once before the first one too, where exceptions reach the caller as they are.</summary>
    /// <exception cref="ArgumentException">Sampling from the search space is wrong; all errors stand in one message.</exception>
    public GuardedTrialRunner RunnerOf(IServiceProvider services, Func<ExperimentRun, (Func<ITrialRunner> Make, bool IsOwned)> runners)
    {
        WasAsked = true;
        var run = RunOf(services);
        var (make, isOwned) = runners(run);
        return new GuardedTrialRunner(this, run, make, isOwned);
    }

    /// <summary>The monitor of a trial's memory.</summary>
    public TrialMemoryMonitor MonitorOf(IServiceProvider services)
    {
        WasAsked = false;
        var settings = (AutoMLExperiment.AutoMLExperimentSettings?)services.GetService(typeof(AutoMLExperiment.AutoMLExperimentSettings));
        return new TrialMemoryMonitor(this, options.MaximumMemoryInMegabytes ?? settings?.MaximumMemoryUsageInMegaByte, options.MemoryCheckInterval, TrialMemoryMonitor.WorkingSet);
    }

    /// <summary>The run that services belong to; a new one has its search space checked.</summary>
    private ExperimentRun RunOf(IServiceProvider services)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_run?.Services, services))
                return _run!;
        }

        var run = new ExperimentRun(services);
        var issues = SpaceGate.Check(run, options.Issues);
        lock (_gate)
        {
            Issues = issues;
            return _run = run;
        }
    }

    /// <summary>A trial begins.</summary>
    public TrialControl Begin(TrialSettings settings, ExperimentRun run, CancellationToken experiment)
    {
        var trial = new TrialControl(settings, options, Pruner, experiment);
        run.Begin();
        lock (_gate)
            _current = trial;
        if (!_hasCompleted && run.TimeLeft is { } left)
            trial.FinishAfter(left, TrialOutcome.Cancelled, ExperimentOver);
        return trial;
    }

    /// <summary>A trial has ended.</summary>
    /// <exception cref="ExperimentFailedException">No trial has completed, and AutoML will run no other.</exception>
    public void Take(TrialReport report, ExperimentRun run, bool wasStopped)
    {
        lock (_gate)
        {
            _current = null;
            _reports.Add(report);
            _hasCompleted |= report.Outcome == TrialOutcome.Completed;
        }

        options.Trials?.Report(report);
        if (report.Outcome == TrialOutcome.Completed || wasStopped)
            return;
        run.Log?.Warning(MessageSensitivity.UserData, $"Trial {report.TrialId} failed ({report.Outcome}): {report.Reason} Parameters: {report.Parameters}");
        if (!_hasCompleted && (run.IsLastTrial || Reports.Count >= options.GiveUpAfter || report.Reason == ExperimentOver))
            throw new ExperimentFailedException(Reports, AdviceFor(run));
    }

    /// <summary>As seen: of 60 trials that began where every trial fails, CostFrugal and ECI got none out of there, with 20 seeds of 20.</summary>
    private static string? AdviceFor(ExperimentRun run) => run.Tuner is TunerKind.CostFrugal or TunerKind.EciCostFrugal
        ? "Where data or pipeline are not the cause, begin elsewhere: this tuner starts at each option's default value and does not leave a region in which every trial fails. "
            + "Give options a default that trains, or draw at random (SetRandomSearchTuner)."
        : null;
}
