using MLNetDebug.Torch.Training.Actions;

namespace MLNetDebug.Torch.Training;

/// <summary>Lets the rules judge windows, and keeps what they found over the run: the last word of each rule on each place.</summary>
internal sealed class FindingLog
{
    private readonly RuleEngine _engine;
    private readonly Dictionary<(string Rule, SubjectKind Kind, string Place), Finding> _findings = [];
    private DiagnosticReport? _last;

    /// <exception cref="ArgumentException">An option is wrong; all errors are in one message.</exception>
    public FindingLog(TrainingGuardOptions options)
    {
        RuleSelectionChecks.ThrowIfNull(
            (nameof(options.Silence), options.Silence), (nameof(options.Severities), options.Severities?.Keys), (nameof(options.RuleOptions), options.RuleOptions), (nameof(options.Rules), options.Rules),
            (nameof(options.History), options.History));
        string[] errors =
        [
            .. OptionsValidation.Errors(options), .. options.RuleOptions.SelectMany(OptionsValidation.Errors), .. RuleSelectionChecks.Errors(options.Silence, options.Severities!, options.Rules),
            .. options.Rules.Where(r => r.Measured != typeof(TrainingWindow)).Select(r => $"Rules: {r.Descriptor.Id} reads a {r.Measured.Name}; a training shows a {nameof(TrainingWindow)}."),
        ];
        if (errors.Length > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors), nameof(options));
        var overrides = new Dictionary<string, Severity>(options.Severities!);
        foreach (var id in options.Silence)
            overrides[id] = Severity.None;
        var rules = RuleCatalog.Create(typeof(FindingLog).Assembly, options.RuleOptions).Where(r => r.Measured == typeof(TrainingWindow));
        _engine = new RuleEngine([.. rules, .. options.Rules], overrides);
    }

    /// <summary>Findings of severity Warning and above.</summary>
    public int Warnings => _findings.Values.Count(f => f.Severity >= Severity.Warning);

    /// <summary>Judges a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="first">Takes the findings of a rule at a place that had none before.</param>
    /// <returns>All findings of this window.</returns>
    public IReadOnlyList<Finding> Judge(TrainingWindow window, out IReadOnlyList<Finding> first)
    {
        _last = _engine.Judge("training", new Measurements().With(window));
        if (_last.Findings.Count == 0)
        {
            first = [];
            return [];
        }

        var news = new List<Finding>();
        foreach (var finding in _last.Findings)
        {
            var key = (finding.Rule.Id, finding.Subject.Kind, finding.Subject.Name);
            if (!_findings.TryGetValue(key, out var before))
                news.Add(finding);
            // The strongest word stands, and of equals the first: it is nearest to the cause.
            if (before is null || (finding.Severity, finding.Confidence).CompareTo((before.Severity, before.Confidence)) > 0)
                _findings[key] = finding;
        }

        first = news;
        return _last.Findings;
    }

    /// <summary>The report of the run.</summary>
    public DiagnosticReport Report(IEnumerable<NotChecked> notSeen, IReadOnlyList<Evidence> facts) => new()
    {
        Title = "training",
        Findings = ReportOrder.Arrange(_findings.Values),
        Checked = _last?.Checked.Select(c => c with { Findings = _findings.Values.Count(f => f.Rule.Id == c.Rule.Id) }).ToArray() ?? [],
        NotChecked = [.. notSeen, .. _last?.NotChecked ?? []],
        FamilySize = _last?.FamilySize ?? 0,
        Facts = facts,
    };
}
