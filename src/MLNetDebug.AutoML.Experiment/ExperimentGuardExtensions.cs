using Microsoft.ML.AutoML;
using MLNetDebug.AutoML.Experiment;

namespace Microsoft.ML;

/// <summary>The way to guard the trials of a Microsoft.ML.AutoML experiment.</summary>
public static class ExperimentGuardExtensions
{
    /// <summary>
    /// Guards an experiment that was set up with a pipeline, data and a metric. Each trial's trainer is put under <c>Guard()</c>, and its scores are judged: a dead model or a metric that is no
    /// number makes a failed trial with a reason, never the best one. LogLossReduction is maximised, which AutoML minimises.
    /// </summary>
    /// <remarks>
    /// Call it after <c>SetPipeline</c>, since AutoML takes the last runner set, and after <c>SetPerformanceMonitor</c>, which it replaces by one that ends a single trial above the memory limit
    /// instead of the experiment. All else may be set before or after.
    /// Validation rows are scored twice per trial, once to be judged and once for the metric.
    /// </remarks>
    /// <param name="experiment">The experiment.</param>
    /// <param name="options">How trials are guarded; null for the defaults.</param>
    /// <returns>The same experiment. Its <c>RunAsync</c> then throws <see cref="ExperimentFailedException"/> where every trial failed, <see cref="ArgumentException"/> for a search space
    /// that cannot be sampled as it stands, and <see cref="InvalidOperationException"/> where a later call has replaced the guard, or data, metric or pipeline are missing.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="experiment"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    public static AutoMLExperiment UseGuard(this AutoMLExperiment experiment, GuardedExperimentOptions? options = null) =>
        Use(experiment, options, run =>
        {
            // AutoML asks once before the first trial: what is missing is said then, and not by every trial.
            var runner = new PipelineRunner(run);
            return (() => runner, true);
        });

    /// <summary>As above, for a trial runner of your own. Its results are judged: loss and metric, the parameters of its model that can be read, and its scores of the first validation rows.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="runner">The runner, used for every trial and disposed of by whoever made it; an <see cref="IGuardableTrialRunner"/> gets the trial's guard.</param>
    /// <param name="options">How trials are guarded; null for the defaults.</param>
    /// <returns>The same experiment.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="experiment"/> or <paramref name="runner"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    public static AutoMLExperiment UseGuard(this AutoMLExperiment experiment, ITrialRunner runner, GuardedExperimentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runner);
        return Use(experiment, options, _ => (() => runner, false));
    }

    /// <summary>As above, for trial runners that are made anew for each trial from AutoML's services, and disposed of with it.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="factory">Makes the runner of one trial.</param>
    /// <param name="options">How trials are guarded; null for the defaults.</param>
    /// <returns>The same experiment.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="experiment"/> or <paramref name="factory"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    public static AutoMLExperiment UseGuard(this AutoMLExperiment experiment, Func<IServiceProvider, ITrialRunner> factory, GuardedExperimentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Use(experiment, options, run => (() => factory(run.Services), true));
    }

    /// <summary>Every trial of a guarded experiment that has ended, in their order, with the reasons of those that failed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The trials; empty where the experiment is not guarded.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="experiment"/> is null.</exception>
    public static IReadOnlyList<TrialReport> TrialReports(this AutoMLExperiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return ExperimentGuard.Of(experiment)?.Reports ?? [];
    }

    /// <summary>The traps in a guarded experiment's search space, known once it runs.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>The traps; empty where there are none, or the experiment is not guarded.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="experiment"/> is null.</exception>
    public static IReadOnlyList<SearchSpaceIssue> SearchSpaceIssues(this AutoMLExperiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return ExperimentGuard.Of(experiment)?.Issues ?? [];
    }

    private static AutoMLExperiment Use(AutoMLExperiment experiment, GuardedExperimentOptions? options, Func<ExperimentRun, (Func<ITrialRunner> Make, bool IsOwned)> runners)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        options ??= new GuardedExperimentOptions();
        ExperimentOptionsChecks.ThrowIfInvalid(options);
        var guard = new ExperimentGuard(options);
        experiment.SetTrialRunner(services => guard.RunnerOf(services, runners));
        experiment.SetPerformanceMonitor(guard.MonitorOf);
        guard.Attach(experiment);
        return experiment;
    }
}
