namespace MLNetDebug.AutoML.Search;

/// <summary>Says how a trial ends, from what it reports and from what comes out of its body.</summary>
/// <param name="plan">What was asked.</param>
/// <param name="options">The sweep's options.</param>
/// <param name="rungs">Where trials are compared.</param>
internal sealed class TrialJudge(TrialPlan plan, SweepOptions options, Rungs rungs)
{
    private readonly List<TrialPoint> _points = [];
    private int _before;

    /// <summary>The end that was decided while the trial ran; null where none was. It stands, whatever the body makes of it.</summary>
    public TrialEnd? Decided { get; private set; }

    /// <summary>The last epoch that was reported; 0 for none.</summary>
    public int LastEpoch => _points.Count > 0 ? _points[^1].Epoch : 0;

    private long Steps => _points.Count > 0 ? _points[^1].Steps : 0;

    /// <summary>Takes a point.</summary>
    /// <exception cref="ArgumentException">Its epoch is no later than one before.</exception>
    public void Add(TrialPoint point)
    {
        _before = LastEpoch;
        if (point.Epoch <= _before)
            throw new ArgumentException($"Epoch {point.Epoch} was reported after epoch {_before}: epochs ascend.");
        _points.Add(point);
    }

    /// <summary>True where the trial is not to go on behind its last point. A body that goes on though it was pruned may still show that its model is dead; no other word changes what was decided.</summary>
    /// <param name="trials">Reads all trials of the study; it is asked at rungs alone.</param>
    public bool IsOver(Func<IReadOnlyList<TrialRecord>> trials)
    {
        var point = _points[^1];
        if (Decided is null || (Decided.State == TrialState.Pruned && !double.IsFinite(point.Metric)))
            Decided = Verdict(point, trials);
        return Decided is not null;
    }

    /// <summary>The end of a trial whose body came to its end.</summary>
    public TrialEnd Of(TrialOutcome outcome)
    {
        // What is trivial keeps its metric: the search may follow it to where it is better.
        var failed = Decided is not null ? Decided
            : !double.IsFinite(outcome.Metric)
            ? NotFinite(FormattableString.Invariant($"Its {options.Metric.Name} is {outcome.Metric}: a metric that is not finite is no metric."), outcome.Findings)
            : TrialEnds.IsTrivial(outcome.Metric, options)
            ? Ended(TrialState.Failed, FormattableString.Invariant($"Its {options.Metric.Name} of {outcome.Metric:G4} is no better than that of a constant answer ({options.Baseline:G4})."), outcome.Findings) with { Metric = outcome.Metric }
            : null;
        var end = failed ?? new TrialEnd(TrialState.Completed) { Metric = outcome.Metric, TestMetric = outcome.TestMetric, Findings = [.. outcome.Findings.Select(TrialFinding.Of)] };
        return end with { Steps = outcome.Steps > 0 ? outcome.Steps : Steps };
    }

    /// <summary>The end of a trial that was pruned.</summary>
    public TrialEnd Of(TrialPrunedException pruned) => Decided ?? Ended(TrialState.Pruned, pruned.Message, pruned.Findings) with { Steps = pruned.Steps ?? Steps };

    /// <summary>The end of a trial whose body threw. A body may wrap what its report threw: what was decided stands.</summary>
    public TrialEnd Of(Exception thrown)
    {
        var report = (thrown as IReported ?? thrown.InnerException as IReported)?.Report;
        return Decided ?? Ended(TrialState.Failed, TrialEnds.SentenceOf(thrown), report?.Findings.Where(f => f.Severity >= Severity.Warning) ?? []) with { Metric = double.NaN };
    }

    private TrialEnd? Verdict(TrialPoint point, Func<IReadOnlyList<TrialRecord>> trials)
    {
        if (!double.IsFinite(point.Metric))
            return NotFinite(FormattableString.Invariant($"Its {options.Metric.Name} after epoch {point.Epoch} is {point.Metric}: a metric that is not finite is no metric."), []);
        if (plan.Kind != TrialKind.Search || !IsAtRung(point.Epoch))
            return null;
        return rungs.PruneAt(new TrialRecord(plan) { Points = _points }, point.Epoch, trials(), options.Metric) is { } why ? Ended(TrialState.Pruned, why, []) : null;
    }

    /// <summary>True where a rung lies among the epochs since the point before: a body need not report each. At its end nothing is spared any more.</summary>
    private bool IsAtRung(int epoch) => epoch < plan.Epochs && Enumerable.Range(_before + 1, epoch - _before).Any(rungs.IsRung);

    private TrialEnd NotFinite(string reason, IEnumerable<Finding> findings) => TrialEnds.NotFinite(reason, findings, _points, options.Metric);

    private TrialEnd Ended(TrialState state, string reason, IEnumerable<Finding> findings) => TrialEnds.Ended(state, reason, findings, _points, options.Metric);
}
