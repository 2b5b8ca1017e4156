namespace MLNetDebug.AutoML.Search;

/// <summary>Makes the ends of trials, and says what is wrong with what came out of them.</summary>
internal static class TrialEnds
{
    private const int LongestReason = 2000;

    /// <summary>A trial that ended before it was whole: its metric is the best it had reported.</summary>
    public static TrialEnd Ended(TrialState state, string reason, IEnumerable<Finding> findings, IReadOnlyList<TrialPoint> points, SweepMetric metric) => new(state)
    {
        Metric = points.Aggregate(double.NaN, (best, p) => metric.IsBetter(p.Metric, best) ? p.Metric : best),
        Steps = points.Count > 0 ? points[^1].Steps : 0,
        Reason = Cut(reason),
        // A body's own exception may hold anything.
        Findings = [.. findings.Where(f => f is not null).Select(TrialFinding.Of)],
    };

    /// <summary>A trial whose metric is not finite: it has none, also where it reported one before, and that is a finding.</summary>
    public static TrialEnd NotFinite(string reason, IEnumerable<Finding> findings, IReadOnlyList<TrialPoint> points, SweepMetric metric)
    {
        var end = Ended(TrialState.Failed, reason, findings, points, metric);
        return end with { Metric = double.NaN, Findings = [.. end.Findings, new TrialFinding(RuleIds.DeadModel, Severity.Error, end.Reason!)] };
    }

    /// <summary>A range test that showed nothing.</summary>
    public static TrialEnd NoBracket(Exception e) => new(TrialState.Failed) { Reason = Cut(SentenceOf(e)) };

    public static string SentenceOf(Exception e) => $"{e.GetType().Name}: {e.Message}";

    /// <summary>Runs a body.</summary>
    /// <exception cref="InvalidOperationException">What it gave is no outcome.</exception>
    public static async Task<TrialOutcome> OutcomeOf(TrialBody body, TrialContext trial, CancellationToken token)
    {
        var outcome = await (body(trial, token) ?? throw new InvalidOperationException("The body gave no task.")).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The body gave no outcome.");
        if (outcome.Findings is not null && !outcome.Findings.Contains(null))
            return outcome;
        Drop(outcome);
        throw new InvalidOperationException("The body's outcome has null for its findings, or among them: a list of findings is expected, empty where there are none.");
    }

    /// <summary>Ends a trial whose body took the sweep's end for its own: it has not trained as long as it was asked to.</summary>
    /// <exception cref="OperationCanceledException">So it is.</exception>
    public static void ThrowIfCutShort(TrialOutcome outcome, int epochs, TrialPlan plan, CancellationToken sweep)
    {
        if (!sweep.IsCancellationRequested || epochs >= plan.Epochs)
            return;
        Drop(outcome);
        throw Cancelled(sweep);
    }

    public static OperationCanceledException Cancelled(CancellationToken sweep) => new("The sweep was cancelled.", sweep);

    /// <summary>Frees what nobody will be handed.</summary>
    public static void Drop(TrialOutcome outcome) => (outcome.Model as IDisposable)?.Dispose();

    /// <summary>True where a metric is no better than what is known to be scored by a constant answer.</summary>
    public static bool IsTrivial(double metric, SweepOptions options) => options.Baseline is { } baseline && !options.Metric.IsBetter(metric, baseline);

    private static string Cut(string reason) => reason.Length > LongestReason ? reason[..LongestReason] : reason;
}
