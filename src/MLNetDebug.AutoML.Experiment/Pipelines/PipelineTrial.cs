using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>One trial of a pipeline: each fold is fitted under guard, scored, judged and measured. The first fold's model is the trial's, as in AutoML.</summary>
/// <param name="context">The trial's own context.</param>
/// <param name="build">Builds the pipeline anew: some trainers keep what they learned of the data's shape.</param>
/// <param name="evaluate">The metric of scored rows.</param>
/// <param name="isMaximized">Whether more of the metric is better.</param>
internal sealed class PipelineTrial(MLContext context, Func<EstimatorChain<ITransformer>> build, Func<MLContext, IDataView, double> evaluate, bool isMaximized)
{
    /// <summary>Runs the trial.</summary>
    /// <exception cref="TrialEndedException">A fold's model is dead, or its metric is no number.</exception>
    public TrialResult Run(TrialControl trial, IReadOnlyList<TrialFold> folds)
    {
        var metrics = new List<double>(folds.Count);
        var first = default(ITransformer);
        foreach (var fold in folds)
        {
            trial.Token.ThrowIfCancellationRequested();
            var (model, metric) = Run(trial, fold, metrics.Count, folds.Count);
            first ??= model;
            metrics.Add(metric);
        }

        var mean = metrics.Average();
        return new TrialResult
        {
            TrialSettings = trial.Settings,
            Model = first,
            Metric = mean,
            Loss = isMaximized ? -mean : mean,
            DurationInMilliseconds = HandBack.Milliseconds(trial.Elapsed),
        };
    }

    private (ITransformer Model, double Metric) Run(TrialControl trial, TrialFold fold, int index, int folds)
    {
        var pipeline = build();
        var trainer = ChainTrainers.LastOf(pipeline);
        var options = trial.Guard(isHeard: index == 0);
        var model = (trainer is null ? pipeline : pipeline.Guard(options)).Fit(fold.Train);
        var scored = model.Transform(fold.Test);
        var where = folds == 1 ? string.Empty : $"Fold {index + 1} of {folds}: ";
        if (options.CheckModel)
            Judge(options, model, trainer, scored, fold.Test, where, trial.Token);
        trial.Token.ThrowIfCancellationRequested();
        var metric = Evaluate(scored, where);
        if (!double.IsFinite(metric))
        {
            var reason = $"{where}The metric is {Words.Number(metric)}: a metric that is no finite number is no metric.";
            throw new TrialEndedException(new TrialEnd(TrialOutcome.InvalidMetric, reason) { Metric = metric, Report = ReportOf(model) });
        }

        return (model, metric);
    }

    private double Evaluate(IDataView scored, string where)
    {
        try
        {
            return evaluate(context, scored);
        }
        catch (ArgumentException e)
        {
            var reason = $"{where}The metric could not be computed: {e.Message.ReplaceLineEndings(" ")}. Metrics of classes look for a label column 'label', in lower case, unless "
                + "SetBinaryClassificationMetric or SetMulticlassClassificationMetric is given another (labelColumn).";
            throw new TrialEndedException(new TrialEnd(TrialOutcome.Failed, reason) { Error = e });
        }
    }

    private static void Judge(GuardOptions options, ITransformer model, object? trainer, IDataView scored, IDataView given, string where, CancellationToken cancellation)
    {
        var name = (trainer ?? model).GetType().Name.Split('`')[0];
        var judged = new ModelJudge(options).Judge(name, null, scored, given, trainer, cancellation);
        if (judged.Dead is { } dead)
            throw new TrialEndedException(new TrialEnd(TrialOutcome.Dead, where + dead) { Report = judged.Report });
        // A guard that throws from nothing has let a dead model through, and says so in its report.
        if (ReportOf(model) is { } report && report.Of(RuleIds.DeadModel).FirstOrDefault(f => f.Severity == Severity.Error) is { } found)
            throw new TrialEndedException(new TrialEnd(TrialOutcome.Dead, $"{where}{found.Rule.Id} {found.Rule.Name}: {found.Message}") { Report = report });
    }

    private static DiagnosticReport? ReportOf(ITransformer model) => model.DiagnosticReports().LastOrDefault();
}
