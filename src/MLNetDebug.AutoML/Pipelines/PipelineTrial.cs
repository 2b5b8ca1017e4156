using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML.Pipelines;

/// <summary>A trial of ML.NET's own trainers: the pipeline is fitted under guard and evaluated on rows it has not seen. A metric that a dead or trivial model is given is none.</summary>
internal sealed class PipelineTrial(MLContext ml, IDataView train, IDataView validation, IDataView? test, Func<TrialContext, IEstimator<ITransformer>> pipeline, PipelineTrialOptions options, SweepMetric metric)
{
    public Task<TrialOutcome> RunAsync(TrialContext trial, CancellationToken token)
    {
        var estimator = pipeline(trial) ?? throw new InvalidOperationException("The function that makes a trial's pipeline returned null.");
        var guard = options.Guard with { CancellationToken = token };
        var model = (IsGuarded(estimator) ? estimator : estimator.Guard(guard)).Fit(train);
        try
        {
            var evaluation = Evaluate(model, validation, token);
            var value = ValueOf(evaluation);
            return Task.FromResult(new TrialOutcome(value)
            {
                TestMetric = test is null ? double.NaN : ValueOf(Evaluate(model, test, token)),
                Findings = [.. model.DiagnosticReports().SelectMany(r => r.Findings), .. evaluation.Report.Findings],
                Model = model,
            });
        }
        catch
        {
            (model as IDisposable)?.Dispose();
            throw;
        }
    }

    private Evaluation Evaluate(ITransformer model, IDataView rows, CancellationToken token)
    {
        // What is found is kept with the trial, and nobody else is to be told of it.
        var evaluate = options.Evaluate with { Diagnostics = options.Evaluate.Diagnostics with { Sinks = options.Evaluate.Diagnostics.Sinks ?? [] } };
        var evaluation = ml.Diagnostics().Evaluate(model.Transform(rows), evaluate, token);
        if (evaluation.Invalid is { } why)
            throw new TrialPrunedException(why, evaluation.Report.Findings);
        var comparison = evaluation.Profile.Discrimination ?? evaluation.Profile.Baseline;
        // Only what is certainly no better than a constant answer is refused: few rows say little.
        if (comparison is { High: <= 0 } or { Gain: <= 0 })
            throw new TrialPrunedException(FormattableString.Invariant($"It is no better than a constant answer: {comparison.Loss} {comparison.Model:G4} beside {comparison.Constant:G4} on {comparison.Rows} rows."), evaluation.Report.Findings);
        return evaluation;
    }

    private double ValueOf(Evaluation evaluation) => evaluation.Values.TryGetValue(metric.Name, out var value)
        ? value
        : throw new ArgumentException($"There is no metric '{metric.Name}' of a {evaluation.Task}; there are {string.Join(", ", evaluation.Values.Keys)}.");

    private static bool IsGuarded(IEstimator<ITransformer> estimator) =>
        estimator is IGuarded || (EstimatorChains.IsChain(estimator) && EstimatorChains.StagesOf(estimator).Any(s => IsGuarded(s.Estimator)));
}
