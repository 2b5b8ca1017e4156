using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>What one run gave.</summary>
/// <param name="Report">The report.</param>
/// <param name="Profile">The profile of the training data; null where no rule needed it.</param>
internal sealed record DiagnosticsOutcome(DiagnosticReport Report, DataProfile? Profile);

/// <summary>One run of the engine over data, as the options say.</summary>
internal static class DiagnosticsRun
{
    private const string NothingTrained = "nothing was trained. Mend them, or pass FailOn = Severity.None to train all the same";
    private const string NothingReturned = "pass FailOn = Severity.None to get the report all the same";

    /// <summary>Measures and judges; throws nothing for findings.</summary>
    public static DiagnosticsOutcome Execute(DataInputs inputs, DiagnosticsOptions options, string title, CancellationToken cancellation = default)
    {
        using var linked = Link(options, cancellation);
        var have = new Measurements().With(inputs);
        var context = ContextOf(options, linked.Token);
        var report = EngineOf(options).Run(title, MeasurerCatalog.Create(), context, have);
        var profile = have.Get<DataProfile>();
        return new DiagnosticsOutcome(
            report with
            {
                Assumptions = inputs.Declaration.Assumptions,
                Facts = ReportFacts.Of(profile, have.Get<HoldOutProfile>()?.Profile),
            },
            profile);
    }

    /// <summary>The user's two tokens as one.</summary>
    public static CancellationTokenSource Link(DiagnosticsOptions options, CancellationToken cancellation)
    {
        var linked = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken, cancellation);
        linked.Token.ThrowIfCancellationRequested();
        return linked;
    }

    /// <summary>The budgets the options give.</summary>
    public static RunContext ContextOf(DiagnosticsOptions options, CancellationToken cancellation) => new()
    {
        Cancellation = cancellation,
        Progress = options.Progress,
        TrainingBudget = options.TrainingBudget,
        PassBudget = options.PassBudget,
        MaxRows = options.MaxRows,
        MaxTrainingRows = options.MaxTrainingRows,
        Seed = options.Seed,
    };

    /// <summary>The engine the options ask for, over all rules or those that read given measurements.</summary>
    public static RuleEngine EngineOf(DiagnosticsOptions options, Func<Rule, bool>? only = null)
    {
        var severities = new Dictionary<string, Severity>(options.Severities);
        foreach (var id in options.Silence)
            severities[id] = Severity.None;
        var rules = RuleCatalog.Create(options.RuleOptions).Concat(options.Rules).Where(only ?? (_ => true));
        return new RuleEngine(rules, severities, options.Alpha);
    }

    /// <summary>Hands a report that was asked for to the sinks and back; it throws only where the user said so.</summary>
    public static DiagnosticReport Hand(DiagnosticReport report, DiagnosticsOptions options, DiagnosticsSink sinkByDefault, string consequence = NothingReturned)
    {
        foreach (var sink in options.Sinks ?? [sinkByDefault])
            sink.Write(report);
        ThrowIfFailing(report, options.FailOnOrNull ?? Severity.None, consequence);
        return report;
    }

    /// <param name="report">The report.</param>
    /// <param name="failOn">The severity to fail on.</param>
    /// <param name="consequence">What did not happen, and what to do about it.</param>
    /// <exception cref="DiagnosticException">A finding reaches the severity to fail on.</exception>
    public static void ThrowIfFailing(DiagnosticReport report, Severity failOn, string consequence = NothingTrained)
    {
        if (failOn != Severity.None && report.Worst >= failOn)
            throw Failing(report, failOn, consequence, null);
    }

    /// <summary>The exception that says which findings stop.</summary>
    /// <param name="report">The report.</param>
    /// <param name="failOn">The severity from which findings stop.</param>
    /// <param name="consequence">What happened because of them, and what to do.</param>
    /// <param name="cause">What the trainer threw; null where it did not.</param>
    public static DiagnosticException Failing(DiagnosticReport report, Severity failOn, string consequence, Exception? cause)
    {
        var failing = report.Findings.Where(f => f.Severity >= failOn).OrderByDescending(f => f.Severity).ToArray();
        var lines = failing.Take(10).Select(f => $"  {f.Rule.Id} {f.Rule.Name} ({f.Severity}) {f.Subject}: {f.Message}");
        var more = failing.Length > 10 ? $"{Environment.NewLine}  and {failing.Length - 10} more; see Report." : string.Empty;
        return new DiagnosticException(
            $"{report.Title}: {failing.Length} {(failing.Length == 1 ? "finding reaches" : "findings reach")} {failOn}; {consequence}."
            + $"{Environment.NewLine}{string.Join(Environment.NewLine, lines)}{more}",
            report,
            cause);
    }
}
