using Microsoft.ML;

namespace MLNetDebug.AutoML.Search;

/// <summary>
/// Runs one trial that a worker has a claim to: beats while it runs, prunes it at rungs, and makes of whatever comes out of the body, exceptions included, the trial's end. Nothing a trial does ends the
/// sweep.
/// </summary>
internal sealed class TrialRun(TrialClaim claim, SweepOptions options, IStudyStore store, Rungs rungs, Action onReport)
{
    private const int LongestReason = 2000;

    private readonly List<TrialPoint> _points = [];
    private Exception? _storeFailure;
    private volatile bool _isLost;
    private int _beating;
    private TrialEnd? _decided;

    /// <summary>The model of a completed trial; null where the body made none.</summary>
    public ITransformer? Model { get; private set; }

    /// <summary>Its metric, where it completed.</summary>
    public double Metric { get; private set; } = double.NaN;

    /// <summary>Runs it.</summary>
    /// <returns>False where another worker has taken the trial over meanwhile: what came out here counts for nothing.</returns>
    /// <exception cref="OperationCanceledException">The sweep was cancelled.</exception>
    public async Task<bool> RunAsync(TrialBody body, IReadOnlyDictionary<string, ChoiceOption> choices, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TrialEnd end;
        using (new Timer(_ => Beat(ending), null, options.Heartbeat, options.Heartbeat))
            end = await EndOf(body, new TrialContext(claim.Plan, choices, Report), ending.Token, cancellationToken).ConfigureAwait(false);
        if (_storeFailure is not null)
        {
            (Model as IDisposable)?.Dispose();
            throw new InvalidOperationException($"The study's store failed while trial {claim.Plan.Number} ran: {_storeFailure.Message}", _storeFailure);
        }

        if (_isLost || !store.Finish(claim, end))
        {
            (Model as IDisposable)?.Dispose();
            Model = null;
            return false;
        }

        return true;
    }

    private async Task<TrialEnd> EndOf(TrialBody body, TrialContext context, CancellationToken token, CancellationToken sweep)
    {
        try
        {
            var outcome = await body(context, token).ConfigureAwait(false) ?? throw new InvalidOperationException("The body gave no outcome.");
            return OfOutcome(outcome);
        }
        catch (TrialPrunedException e)
        {
            return _decided ?? Ended(TrialState.Pruned, e.Message, e.Findings) with { Steps = e.Steps ?? Steps };
        }
        catch (Exception) when (sweep.IsCancellationRequested)
        {
            throw new OperationCanceledException("The sweep was cancelled.", sweep);
        }
        catch (Exception e)
        {
            // A body may wrap what Report throws: what was decided stands.
            return _decided ?? Ended(TrialState.Failed, $"{e.GetType().Name}: {e.Message}", (e as IReported ?? e.InnerException as IReported) is { Report: { } report } ? [.. report.Findings.Where(f => f.Severity >= Severity.Warning)] : []) with { Metric = double.NaN };
        }
    }

    private TrialEnd OfOutcome(TrialOutcome outcome)
    {
        var steps = outcome.Steps > 0 ? outcome.Steps : Steps;
        // A body may go on although it was told not to, or may not know that its trial is lost. What is trivial keeps its metric: the search may follow it to where it is better.
        var failed = _decided is not null ? _decided
            : !double.IsFinite(outcome.Metric)
            ? NotFinite(FormattableString.Invariant($"Its {options.Metric.Name} is {outcome.Metric}: a metric that is not finite is no metric."), outcome.Findings)
            : options.Baseline is { } baseline && !options.Metric.IsBetter(outcome.Metric, baseline)
            ? Ended(TrialState.Failed, FormattableString.Invariant($"Its {options.Metric.Name} of {outcome.Metric:G4} is no better than that of a constant answer ({baseline:G4})."), outcome.Findings) with { Metric = outcome.Metric }
            : null;
        if (failed is not null)
        {
            (outcome.Model as IDisposable)?.Dispose();
            return failed with { Steps = steps };
        }

        (Model, Metric) = (outcome.Model, outcome.Metric);
        return new TrialEnd(TrialState.Completed) { Metric = outcome.Metric, TestMetric = outcome.TestMetric, Steps = steps, Findings = [.. outcome.Findings.Select(TrialFinding.Of)] };
    }

    /// <summary>The end of a trial whose metric is not finite: it has none, also where it reported one before, and that is a finding.</summary>
    private TrialEnd NotFinite(string reason, IReadOnlyList<Finding> findings)
    {
        var end = Ended(TrialState.Failed, reason, findings);
        return end with { Metric = double.NaN, Findings = [.. end.Findings, new TrialFinding(RuleIds.DeadModel, Severity.Error, reason)] };
    }

    private TrialEnd Ended(TrialState state, string reason, IReadOnlyList<Finding> findings) => new(state)
    {
        Metric = _points.Aggregate(double.NaN, (best, p) => options.Metric.IsBetter(p.Metric, best) ? p.Metric : best),
        Steps = Steps,
        Reason = reason.Length > LongestReason ? reason[..LongestReason] : reason,
        Findings = [.. findings.Select(TrialFinding.Of)],
    };

    private long Steps => _points.Count > 0 ? _points[^1].Steps : 0;

    private void Report(TrialPoint point)
    {
        if (_points.Count > 0 && point.Epoch <= _points[^1].Epoch)
            throw new ArgumentException($"Epoch {point.Epoch} was reported after epoch {_points[^1].Epoch}: epochs ascend.");
        _points.Add(point);
        if (!Write(() => store.Report(claim, point)))
            throw new TrialPrunedException("Another worker has taken the trial over.");
        onReport();
        if (Verdict(point) is not { } verdict)
            return;
        _decided = verdict;
        throw new TrialPrunedException(verdict.Reason!);
    }

    private TrialEnd? Verdict(TrialPoint point)
    {
        if (!double.IsFinite(point.Metric))
            return NotFinite(FormattableString.Invariant($"Its {options.Metric.Name} after epoch {point.Epoch} is {point.Metric}: a metric that is not finite is no metric."), []);
        if (claim.Plan.Kind != TrialKind.Search || !rungs.IsRung(point.Epoch))
            return null;
        IReadOnlyList<TrialRecord> trials = [];
        Write(() =>
        {
            trials = store.Read(claim.Study).Trials;
            return true;
        });
        return rungs.PruneAt(new TrialRecord(claim.Plan) { Points = _points }, point.Epoch, trials, options.Metric) is { } why ? Ended(TrialState.Pruned, why, []) : null;
    }

    /// <summary>What the store throws is no fault of the trial.</summary>
    private bool Write(Func<bool> write)
    {
        try
        {
            if (!write())
                _isLost = true;
            return !_isLost;
        }
        catch (Exception e)
        {
            _storeFailure ??= e;
            throw;
        }
    }

    private void Beat(CancellationTokenSource ending)
    {
        // Where the store is slow, beats that wait would take all of its connections, and all threads.
        if (Interlocked.Exchange(ref _beating, 1) == 1)
            return;
        try
        {
            if (store.Beat(claim))
                return;
            _isLost = true;
            ending.Cancel();
        }
        catch (Exception)
        {
            // A beat may miss; where the store stays away, the trial's own reports say so.
        }
        finally
        {
            Volatile.Write(ref _beating, 0);
        }
    }
}
