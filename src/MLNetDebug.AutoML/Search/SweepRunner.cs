using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Search;

/// <summary>One worker of a sweep: takes what comes next, until nothing is left.</summary>
internal sealed class SweepRunner(TrialBody body, SweepOptions options, IStudyStore store, string study, string worker)
{
    private const double MostPolls = 0.25;

    private readonly Schedule _schedule = new(options);
    private readonly SweepTeller _teller = new(options, store, study, new BudgetCheck(options), TimeProvider.System);
    private readonly Rungs _rungs = new(options);
    private readonly KeptModels _models = new(options.Metric);
    private readonly ChoiceTexts _choices = ChoiceTexts.Of(options.Space);

    /// <summary>Works until the study is finished.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; what was finished is kept.</exception>
    public async Task<SweepResult> RunAsync(CancellationToken cancellationToken)
    {
        using var models = _models;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (store.TryTakeOver(study, worker, options.HeartbeatExpiry) is { } taken)
            {
                await TakeOver(taken, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var snapshot = store.Read(study);
            var next = _schedule.Next(snapshot);
            _teller.Stage = next.Stage;
            _teller.Tell(snapshot);
            if (next.IsDone)
                return await Finish(snapshot, cancellationToken).ConfigureAwait(false);
            if (next.Plan is null)
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(MostPolls, options.Heartbeat.TotalSeconds)), cancellationToken).ConfigureAwait(false);
            else if (store.TryAdd(study, next.Plan, worker) is { } claim)
                await Run(claim, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TakeOver(TrialClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Deaths < options.MaxAttempts)
        {
            await Run(claim, cancellationToken).ConfigureAwait(false);
            return;
        }

        var reason = $"{options.MaxAttempts} workers began it and none was heard of again: it takes its process with it, as memory that is used up or a fault in native code does.";
        store.Finish(claim, new TrialEnd(TrialState.Failed) { Reason = reason });
    }

    private async Task Run(TrialClaim claim, CancellationToken cancellationToken)
    {
        _teller.Tell();
        if (claim.Plan.Kind == TrialKind.RangeTest)
        {
            await RangeTestRun.RunAsync(claim, options, store, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var run = new TrialRun(claim, options, store, _rungs, _teller.TellAtTimes);
            if (await run.RunAsync(body, _choices, cancellationToken).ConfigureAwait(false))
                _models.Take(claim.Plan, run.Metric, run.Model);
        }

        _teller.Tell();
    }

    private async Task<SweepResult> Finish(StudySnapshot snapshot, CancellationToken cancellationToken)
    {
        var result = SweepJudge.Judge(snapshot, options);
        if (result.Winner is null)
            return result;
        if (_models.Of(result.Winner) is { } kept)
            return result with { Model = kept };
        return options.Refit && !_models.NoneWereMade ? await Refit(result, result.Winner, cancellationToken).ConfigureAwait(false) : result;
    }

    /// <summary>Trains the winner again where another process had it: same parameters, same seed. Where that fails, the sweep's result stands without a model.</summary>
    private async Task<SweepResult> Refit(SweepResult result, Confirmed winner, CancellationToken cancellationToken)
    {
        var run = SweepJudge.BestRun(winner, options.Metric);
        var reported = 0;
        try
        {
            var outcome = await TrialEnds.OutcomeOf(body, new TrialContext(run.Plan, _choices, p => reported = p.Epoch), cancellationToken).ConfigureAwait(false);
            TrialEnds.ThrowIfCutShort(outcome, reported, run.Plan, cancellationToken);
            var fault = !double.IsFinite(outcome.Metric) ? FormattableString.Invariant($"its {options.Metric.Name} is {outcome.Metric}")
                : TrialEnds.IsTrivial(outcome.Metric, options)
                ? FormattableString.Invariant($"its {options.Metric.Name} of {outcome.Metric:G4} is no better than that of a constant answer ({options.Baseline:G4})") : null;
            if (fault is null)
                return result with { Model = outcome.Model };
            TrialEnds.Drop(outcome);
            return result with { RefitFailure = fault };
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw TrialEnds.Cancelled(cancellationToken);
        }
        catch (Exception e)
        {
            return result with { RefitFailure = TrialEnds.SentenceOf(e) };
        }
    }
}
