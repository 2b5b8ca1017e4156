using Microsoft.ML;

namespace MLNetDebug.AutoML.Search;

/// <summary>
/// Runs one trial that a worker has a claim to: beats while it runs, prunes it at rungs, and makes of whatever comes out of the body, exceptions included, the trial's end. Nothing a trial does ends the
/// sweep.
/// </summary>
internal sealed class TrialRun(TrialClaim claim, SweepOptions options, IStudyStore store, Rungs rungs, Action onReport)
{
    private readonly List<TrialPoint> _points = [];
    private TrialHold? _hold;
    private Exception? _storeFailure;
    private TrialEnd? _decided;

    /// <summary>The model of a completed trial; null where the body made none.</summary>
    public ITransformer? Model { get; private set; }

    /// <summary>Its metric, where it completed.</summary>
    public double Metric { get; private set; } = double.NaN;

    /// <summary>Runs it.</summary>
    /// <returns>False where another worker has taken the trial over meanwhile: what came out here counts for nothing.</returns>
    /// <exception cref="InvalidOperationException">The store failed; the trial is given back.</exception>
    /// <exception cref="OperationCanceledException">The sweep was cancelled; the trial is given back.</exception>
    public async Task<bool> RunAsync(TrialBody body, IReadOnlyDictionary<string, ChoiceOption> choices, CancellationToken cancellationToken)
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
            if (_decided is null)
                TrialEnds.ThrowIfCutShort(outcome, LastEpoch, claim.Plan, sweep);
            return OfOutcome(outcome);
        }
        catch (TrialPrunedException e)
        {
            return _decided ?? Ended(TrialState.Pruned, e.Message, e.Findings) with { Steps = e.Steps ?? Steps };
        }
        catch (Exception) when (sweep.IsCancellationRequested && _decided is null)
        {
            throw TrialEnds.Cancelled(sweep);
        }
        catch (Exception e)
        {
            // A body may wrap what Report throws: what was decided stands.
            return _decided ?? Ended(TrialState.Failed, TrialEnds.SentenceOf(e), (e as IReported ?? e.InnerException as IReported) is { Report: { } report } ? [.. report.Findings.Where(f => f.Severity >= Severity.Warning)] : []) with { Metric = double.NaN };
        }
    }

    private TrialEnd OfOutcome(TrialOutcome outcome)
    {
        var steps = outcome.Steps > 0 ? outcome.Steps : Steps;
        // A body may go on although it was told not to, or may not know that its trial is lost. What is trivial keeps its metric: the search may follow it to where it is better.
        var failed = _decided is not null ? _decided
            : !double.IsFinite(outcome.Metric)
            ? NotFinite(FormattableString.Invariant($"Its {options.Metric.Name} is {outcome.Metric}: a metric that is not finite is no metric."), outcome.Findings)
            : TrialEnds.IsTrivial(outcome.Metric, options)
            ? Ended(TrialState.Failed, FormattableString.Invariant($"Its {options.Metric.Name} of {outcome.Metric:G4} is no better than that of a constant answer ({options.Baseline:G4})."), outcome.Findings) with { Metric = outcome.Metric }
            : null;
        if (failed is not null)
        {
            TrialEnds.Drop(outcome);
            return failed with { Steps = steps };
        }

        (Model, Metric) = (outcome.Model, outcome.Metric);
        return new TrialEnd(TrialState.Completed) { Metric = outcome.Metric, TestMetric = outcome.TestMetric, Steps = steps, Findings = [.. outcome.Findings.Select(TrialFinding.Of)] };
    }

    private TrialEnd NotFinite(string reason, IEnumerable<Finding> findings) => TrialEnds.NotFinite(reason, findings, _points, options.Metric);

    private TrialEnd Ended(TrialState state, string reason, IEnumerable<Finding> findings) => TrialEnds.Ended(state, reason, findings, _points, options.Metric);

    private long Steps => _points.Count > 0 ? _points[^1].Steps : 0;

    private int LastEpoch => _points.Count > 0 ? _points[^1].Epoch : 0;

    private void Report(TrialPoint point)
    {
        var last = LastEpoch;
        if (point.Epoch <= last)
            throw new ArgumentException($"Epoch {point.Epoch} was reported after epoch {last}: epochs ascend.");
        _points.Add(point);
        if (!Write(() => store.Report(claim, point)))
            throw new TrialPrunedException("Another worker has taken the trial over.");
        onReport();
        if (Verdict(point, last) is not { } verdict)
            return;
        _decided = verdict;
        throw new TrialPrunedException(verdict.Reason!);
    }

    private TrialEnd? Verdict(TrialPoint point, int last)
    {
        if (!double.IsFinite(point.Metric))
            return NotFinite(FormattableString.Invariant($"Its {options.Metric.Name} after epoch {point.Epoch} is {point.Metric}: a metric that is not finite is no metric."), []);
        if (claim.Plan.Kind != TrialKind.Search || !IsAtRung(point.Epoch, last))
            return null;
        IReadOnlyList<TrialRecord> trials = [];
        Write(() =>
        {
            trials = store.Read(claim.Study).Trials;
            return true;
        });
        return rungs.PruneAt(new TrialRecord(claim.Plan) { Points = _points }, point.Epoch, trials, options.Metric) is { } why ? Ended(TrialState.Pruned, why, []) : null;
    }

    /// <summary>True where a rung lies among the epochs since the last report: a body need not report each. At its end nothing is spared any more.</summary>
    private bool IsAtRung(int epoch, int last) => epoch < claim.Plan.Epochs && Enumerable.Range(last + 1, epoch - last).Any(rungs.IsRung);

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
