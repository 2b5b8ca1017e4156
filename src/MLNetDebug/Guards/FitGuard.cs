using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Guards the fits of one trainer: checks before, watches during, judges after.</summary>
internal sealed class FitGuard
{
    private readonly object _trainer;
    private readonly GuardOptions _options;
    private readonly RuleEngine _engine;

    /// <exception cref="ArgumentException">What is guarded does not train, or an option is wrong; all errors stand in one message.</exception>
    public FitGuard(object trainer, GuardOptions? options)
    {
        (_trainer, _options) = (trainer, options ?? new GuardOptions());
        GuardChecks.ThrowIfInvalid(trainer, _options);
        _engine = DiagnosticsRun.EngineOf(_options.Diagnostics, GuardRules.Chosen(_options));
    }

    /// <summary>The report of the last fit that ended; null before the first.</summary>
    public DiagnosticReport? LastReport { get; private set; }

    /// <summary>What was seen of the last fit; null before the first.</summary>
    public FitRun? LastRun { get; private set; }

    /// <summary>One guarded fit.</summary>
    public T Fit<T>(IDataView input, Func<IDataView, T> fit)
        where T : ITransformer
    {
        ArgumentNullException.ThrowIfNull(input);
        using var linked = DiagnosticsRun.Link(_options.Diagnostics, _options.CancellationToken);
        try
        {
            return Fit(input, fit, linked.Token);
        }
        catch (OperationCanceledException e) when (e.CancellationToken == linked.Token)
        {
            // The caller knows the token he gave, not the one that joins two.
            throw new OperationCanceledException(e.Message, e, _options.CancellationToken.IsCancellationRequested ? _options.CancellationToken : _options.Diagnostics.CancellationToken);
        }
    }

    private T Fit<T>(IDataView input, Func<IDataView, T> fit, CancellationToken cancellation)
        where T : ITransformer
    {
        var before = new BeforeFit(_trainer, _options, _engine).Run(input, cancellation);
        ThrowIfFailing(before.Report, "nothing was trained", null);

        var (fitted, error, run) = new FitWatch(_trainer, _options, cancellation).Fit(input, fit);
        LastRun = run;
        ThrowIfCancelled(run, error, cancellation);
        var after = new AfterFit(_trainer, _options, _engine, before);
        if (error is not null)
            ThrowOf(error, run, after);

        var report = after.Of(fitted!, run, input, cancellation);
        AttachedReports.Attach(fitted!, report);
        ThrowIfFailing(report, "the model was not returned", null);
        Write(report);
        return fitted!;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private void ThrowOf(Exception error, FitRun run, AfterFit after)
    {
        var report = run.Outcome == FitOutcome.Diverged ? after.OfNoModel(run) : after.OfFailure(run, error);
        Write(report);
        // An exception that nothing is known of is the user's to handle, as it would be without a guard.
        if (run.Outcome != FitOutcome.Diverged && !report.Of(RuleIds.FitFailed).Any(f => f.Severity >= Severity.Warning))
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        throw DiagnosticsRun.Failing(report, Severity.Warning, "there is no model", error);
    }

    private void ThrowIfFailing(DiagnosticReport report, string consequence, Exception? cause)
    {
        if (_options.Diagnostics.FailOn == Severity.None || report.Worst < _options.Diagnostics.FailOn)
            return;
        Write(report);
        throw DiagnosticsRun.Failing(report, _options.Diagnostics.FailOn, consequence, cause);
    }

    private void ThrowIfCancelled(FitRun run, Exception? error, CancellationToken token)
    {
        if (run.Outcome != FitOutcome.Cancelled)
            return;
        var where = $"{run.Trainer} was ended after {Words.Number(run.Elapsed.TotalSeconds)} s, in pass {run.Passes}";
        throw run.StopReason switch
        {
            StopReason.TimeBudget => new TimeoutException($"{where}: the time budget of {Words.Number(_options.TimeBudget!.Value.TotalSeconds)} s was over, and this trainer makes no sound model of half the work. Raise {nameof(GuardOptions.TimeBudget)}, or train fewer iterations or rows.", error),
            StopReason.PassBudget => new TimeoutException($"{where}: the budget of {_options.MaxPasses} passes was over, and this trainer makes no sound model of half the work. Raise {nameof(GuardOptions.MaxPasses)}, or train fewer iterations.", error),
            StopReason.StopRequested => new OperationCanceledException($"{where}, as asked; this trainer makes no sound model of half the work.", error, _options.StopToken),
            _ => new OperationCanceledException($"{where}, as asked.", error, token),
        };
    }

    private void Write(DiagnosticReport report)
    {
        LastReport = report;
        foreach (var sink in _options.Diagnostics.Sinks ?? DiagnosticsSink.Defaults(EstimatorChains.EnvironmentOf(_trainer)))
            sink.Write(report);
    }
}
