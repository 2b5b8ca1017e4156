using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Runs the trials of an experiment that was set up with a pipeline, data and a metric: AutoML's own runner, under guard.</summary>
internal sealed class PipelineRunner : ITrialRunner
{
    private readonly ExperimentRun _run;
    private readonly SweepablePipeline _pipeline;
    private readonly IEvaluateMetricManager _metric;
    private MLContext? _context;

    /// <exception cref="InvalidOperationException">The experiment lacks something; the message says which call is missing.</exception>
    public PipelineRunner(ExperimentRun run)
    {
        _run = run;
        _pipeline = run.Get<SweepablePipeline>() ?? throw Missing("pipeline", "SetPipeline before UseGuard");
        _metric = run.Get<IEvaluateMetricManager>() ?? throw Missing("metric", "SetBinaryClassificationMetric, SetMulticlassClassificationMetric or SetRegressionMetric");
        if (run.Get<IDatasetManager>() is null)
            throw Missing("data", "SetDataset");
    }

    /// <summary>Runs a trial.</summary>
    public TrialResult Run(TrialSettings settings, TrialControl trial)
    {
        // Each resolve is a new context with the experiment's seed, so that no trial hears or cancels another.
        _context = _run.Get<MLContext>() ?? new MLContext(_run.Settings?.Seed);
        var context = _context;
        var parameter = settings.Parameter[SpaceReader.PipelineKey];
        var one = new PipelineTrial(context, () => _pipeline.BuildFromOption(context, parameter), _metric.Evaluate, MetricDirections.IsMaximized(_metric));
        return one.Run(trial, TrialFolds.Of(_run.Get<IDatasetManager>(), context, settings));
    }

    /// <inheritdoc/>
    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) =>
        throw new NotSupportedException("This runner runs within a guarded trial only.");

    /// <inheritdoc/>
    public void Dispose() => _context = null;

    private static InvalidOperationException Missing(string what, string call) => new(
        $"UseGuard() runs the experiment's own pipeline, and the experiment has no {what}: call {call}, or pass a trial runner to UseGuard.");
}
