using Microsoft.ML;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Search;

/// <summary>
/// Runs one trial that a worker has a claim to: beats while it runs, prunes it at rungs, and makes of whatever comes out of the body, exceptions included, the trial's end. Nothing a trial does ends the
/// sweep.
/// </summary>
internal sealed class TrialRun(TrialClaim claim, SweepOptions options, IStudyStore store, Rungs rungs, Action onReport)
{
    private readonly TrialJudge _judge = new(claim.Plan, options, rungs);
    private TrialHold? _hold;
    private Exception? _storeFailure;

    /// <summary>The model of a completed trial; null where the body made none.</summary>
    public ITransformer? Model { get; private set; }

    /// <summary>Its metric, where it completed.</summary>
    public double Metric { get; private set; } = double.NaN;

    /// <summary>Runs it.</summary>
    /// <returns>False where another worker has taken the trial over meanwhile: what came out here counts for nothing.</returns>
    /// <exception cref="InvalidOperationException">The store failed; the trial is given back.</exception>
    /// <exception cref="OperationCanceledException">The sweep was cancelled; the trial is given back.</exception>
    public async Task<bool> RunAsync(TrialBody body, ChoiceTexts choices, CancellationToken cancellationToken)
    {
        var hold = _hold = new TrialHold(claim, options.Heartbeat, store, cancellationToken);
        try
        {
            TrialEnd end;
            await using (hold.ConfigureAwait(false))
                end = await EndOf(body, new TrialContext(claim.Plan, choices, Report), hold.Token, cancellationToken).ConfigureAwait(false);
            if (_storeFailure is null && !hold.IsLost && Finish(end))
                return true;
            DropModel();
            if (_storeFailure is not null)
                throw new InvalidOperationException($"The study's store failed while trial {claim.Plan.Number} ran: {_storeFailure.Message}", _storeFailure);
            return false;
        }
        catch
        {
            hold.GiveBack();
            throw;
        }
    }

    private bool Finish(TrialEnd end)
    {
        try
        {
            return store.Finish(claim, end);
        }
        catch (Exception e)
        {
            _storeFailure = e;
            return false;
        }
    }

    private void DropModel()
    {
        (Model as IDisposable)?.Dispose();
        Model = null;
    }

    private async Task<TrialEnd> EndOf(TrialBody body, TrialContext context, CancellationToken token, CancellationToken sweep)
    {
        try
        {
            var outcome = await TrialEnds.OutcomeOf(body, context, token).ConfigureAwait(false);
            if (_judge.Decided is null)
                TrialEnds.ThrowIfCutShort(outcome, _judge.LastEpoch, claim.Plan, sweep);
            return OfOutcome(outcome);
        }
        catch (TrialPrunedException e)
        {
            return _judge.Of(e);
        }
        catch (Exception) when (sweep.IsCancellationRequested && _judge.Decided is null)
        {
            throw TrialEnds.Cancelled(sweep);
        }
        catch (Exception e)
        {
            return _judge.Of(e);
        }
    }

    /// <summary>A body may go on although it was told not to, or may not know that its trial is lost: only of a completed trial is the model kept.</summary>
    private TrialEnd OfOutcome(TrialOutcome outcome)
    {
        var end = _judge.Of(outcome);
        if (end.State == TrialState.Completed)
            (Model, Metric) = (outcome.Model, outcome.Metric);
        else
            TrialEnds.Drop(outcome);
        return end;
    }

    private void Report(TrialPoint point)
    {
        _judge.Add(point);
        if (!Write(() => store.Report(claim, point)))
            throw new TrialPrunedException("Another worker has taken the trial over.");
        onReport();
        if (_judge.IsOver(Trials))
            throw new TrialPrunedException(_judge.Decided!.Reason!);
    }

    private IReadOnlyList<TrialRecord> Trials()
    {
        IReadOnlyList<TrialRecord> trials = [];
        Write(() =>
        {
            trials = store.Read(claim.Study).Trials;
            return true;
        });
        return trials;
    }

    /// <summary>What the store throws is no fault of the trial.</summary>
    private bool Write(Func<bool> write)
    {
        try
        {
            if (!write())
                _hold!.Lose();
            return !_hold!.IsLost;
        }
        catch (Exception e)
        {
            _storeFailure ??= e;
            throw;
        }
    }
}
