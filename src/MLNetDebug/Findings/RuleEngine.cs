using System.Diagnostics;

namespace MLNetDebug;

/// <summary>Runs the measurers that the enabled rules need, each once, lets the rules judge, and makes the report.</summary>
internal sealed class RuleEngine
{
    private readonly IReadOnlyList<Rule> _rules;
    private readonly IReadOnlyDictionary<string, Severity> _overrides;
    private readonly double _alpha;

    /// <param name="rules">The rules to run.</param>
    /// <param name="overrides">Severities by rule id; <see cref="Severity.None"/> silences.</param>
    /// <param name="alpha">The family-wise error rate of the report.</param>
    public RuleEngine(IEnumerable<Rule> rules, IReadOnlyDictionary<string, Severity>? overrides = null, double alpha = 0.05)
    {
        _overrides = overrides ?? new Dictionary<string, Severity>();
        _rules = [.. rules.Where(r => SeverityOf(r.Descriptor) != Severity.None)];
        _alpha = alpha;
        OptionsValidation.ThrowIfInvalid(_rules.Select(r => r.Options).OfType<RuleOptions>());
    }

    /// <summary>Measures, judges and reports.</summary>
    public DiagnosticReport Run(string title, IEnumerable<Measurer> measurers, RunContext run, Measurements? given = null)
    {
        var have = given ?? new Measurements();
        var byType = measurers.ToDictionary(m => m.Measures);
        var timings = new List<Timing>();
        // What could not be measured once is not tried again for the next rule: its reasons would stand twice in the report.
        var tried = new HashSet<Type>();
        foreach (var type in _rules.Select(r => r.Measured).Distinct())
            Ensure(type, byType, have, run, timings, tried);
        return Judge(title, have, run.Unanswered) with { Timings = timings };
    }

    /// <summary>Judges measurements that are there already.</summary>
    public DiagnosticReport Judge(string title, Measurements have, IEnumerable<NotChecked>? unanswered = null)
    {
        var sinks = new List<FindingSink>();
        foreach (var rule in _rules)
        {
            if (have.Get(rule.Measured) is not { } measured)
                continue;
            var sink = new FindingSink(rule.Descriptor);
            rule.JudgeObject(measured, sink);
            sinks.Add(sink);
        }

        var family = sinks.SelectMany(s => s.Hypotheses).ToArray();
        var adjusted = MultipleTesting.Holm([.. family.Select(h => h.PValue)]);
        for (var i = 0; i < family.Length; i++)
            family[i].Resolve(adjusted[i], _alpha, family.Length);
        foreach (var sink in sinks)
            sink.Conclude();

        return new DiagnosticReport
        {
            Title = title,
            Findings = ReportOrder.Arrange(sinks.SelectMany(s => s.Drafts.Select(d => ToFinding(s.Rule, d)))),
            Checked = [.. sinks.Select(s => new CheckedRule(s.Rule, s.Drafts.Count, s.Hypotheses.Count))],
            NotChecked = [.. unanswered ?? [], .. sinks.SelectMany(s => s.Unanswered)],
            FamilySize = family.Length,
        };
    }

    private static void Ensure(
        Type type, Dictionary<Type, Measurer> byType, Measurements have, RunContext run, List<Timing> timings, HashSet<Type> tried)
    {
        if (have.Get(type) is not null || !byType.TryGetValue(type, out var measurer) || !tried.Add(type))
            return;
        foreach (var need in measurer.Needs)
            Ensure(need, byType, have, run, timings, tried);
        run.Cancellation.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        var measured = measurer.MeasureObject(have, run);
        if (measured is null)
            return;
        timings.Add(new Timing(type.Name, Stopwatch.GetElapsedTime(started)));
        have.Set(type, measured);
    }

    private Severity SeverityOf(RuleDescriptor rule) => _overrides.GetValueOrDefault(rule.Id, rule.DefaultSeverity);

    private Finding ToFinding(RuleDescriptor rule, FindingDraft draft) => new()
    {
        Rule = rule,
        Severity = _overrides.TryGetValue(rule.Id, out var forced) ? forced : draft.Severity ?? rule.DefaultSeverity,
        Confidence = draft.Confidence,
        Subject = draft.Subject,
        Message = draft.Message,
        Evidence = draft.Evidence,
        Advice = draft.Advice,
        Proof = draft.Proof,
        Figures = draft.Figures,
        Mend = draft.Mend,
        Values = draft.Values,
    };
}
