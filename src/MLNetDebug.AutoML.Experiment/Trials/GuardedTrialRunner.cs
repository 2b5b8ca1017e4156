using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// Runs each trial by another runner, and lets nothing out that would hurt the experiment: exceptions, dead models and numbers that are none become failed trials with a reason.
/// </summary>
/// <param name="guard">The experiment's guard.</param>
/// <param name="run">The run the trials belong to.</param>
/// <param name="inner">Makes the runner of a trial, or gives the one there is.</param>
/// <param name="isOwned">Whether a runner is this trial's own, and disposed of with it.</param>
internal sealed class GuardedTrialRunner(ExperimentGuard guard, ExperimentRun run, Func<ITrialRunner> inner, bool isOwned) : ITrialRunner
{
    private ITrialRunner? _runner;

    /// <inheritdoc/>
    public async Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        using var trial = guard.Begin(settings, run, ct);
        var result = default(TrialResult);
        var end = default(TrialEnd);
        var report = default(DiagnosticReport);
        try
        {
            // AutoML runs its own trials on the caller's thread, so that RunAsync does not return before the last one.
            (result, report) = await Task.Run(() => AttemptAsync(trial, settings), CancellationToken.None).ConfigureAwait(false);
            trial.Complete();
        }
        catch (Exception e)
        {
            end = FailureReading.Read(e, trial.End, ct);
        }

        var told = ReportOf(trial, result, end, report);
        guard.Take(told, run, wasStopped: end is not null && ct.IsCancellationRequested);
        if (end is null)
            return result!;
        ct.ThrowIfCancellationRequested();
        return HandBack.Failed(settings, told, end, run);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isOwned)
            _runner?.Dispose();
        _runner = null;
    }

    private static TrialReport ReportOf(TrialControl trial, TrialResult? result, TrialEnd? end, DiagnosticReport? report) => new()
    {
        TrialId = trial.Settings.TrialId,
        Outcome = end?.Outcome ?? TrialOutcome.Completed,
        Parameters = trial.Parameters,
        Reason = end?.Reason,
        Report = end is null ? report : end.Report,
        Loss = end is null ? result!.Loss : end.Loss,
        Metric = end is null ? result!.Metric : end.Metric,
        Duration = trial.Elapsed,
    };

    private async Task<(TrialResult Result, DiagnosticReport? Report)> AttemptAsync(TrialControl trial, TrialSettings settings)
    {
        trial.Token.ThrowIfCancellationRequested();
        _runner = inner();
        var result = await RunAsync(_runner, trial, settings).ConfigureAwait(false);
        if (ResultChecks.Judge(result) is { } wrong)
            throw new TrialEndedException(wrong);
        var report = result.Model?.DiagnosticReports().LastOrDefault();
        if (_runner is not PipelineRunner && result.Model is { } model && guard.Options.Guard.CheckModel)
        {
            var judged = new ResultJudge(guard.Options.Guard, run).Judge(model, settings, trial.Token);
            if (judged.Dead is { } dead)
                throw new TrialEndedException(new TrialEnd(TrialOutcome.Dead, dead) { Report = judged.Report, Loss = result.Loss, Metric = result.Metric });
            report ??= judged.Report;
        }

        // AutoML reads both of every result.
        result.TrialSettings ??= settings;
        if (!(result.DurationInMilliseconds > 0))
            result.DurationInMilliseconds = HandBack.Milliseconds(trial.Elapsed);
        return (result, report);
    }

    private Task<TrialResult> RunAsync(ITrialRunner runner, TrialControl trial, TrialSettings settings)
    {
        if (runner is PipelineRunner pipeline)
            return Task.FromResult(pipeline.Run(settings, trial));
        if (runner is IGuardableTrialRunner guardable)
            return guardable.RunAsync(settings, trial.Guard(), trial.Token);
        if (guard.Options.TrialBudget is { } budget)
            trial.FinishAfter(budget, TrialOutcome.OutOfTime, $"The trial's budget of {Data.Words.Number(budget.TotalSeconds)} s was over.");
        return runner.RunAsync(settings, trial.Token);
    }
}
