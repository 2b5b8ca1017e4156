namespace MLNetDebug;

/// <summary>What a rule says of one fault; the engine makes a <see cref="Finding"/> of it.</summary>
public sealed record FindingDraft(Subject Subject, string Message)
{
    /// <summary>How sure it is.</summary>
    public Confidence Confidence { get; init; } = Confidence.Confirmed;

    /// <summary>A severity other than the rule's own, for this finding; an override of the user wins over it.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The values it stands on.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<Advice> Advice { get; init; } = [];

    /// <summary>How it was proved.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Numbers a renderer may draw.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>A repair that can be applied.</summary>
    public Mend? Mend { get; init; }

    /// <summary>Cell values of the user's data.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>Takes what one rule has to say.</summary>
public sealed class FindingSink
{
    private readonly List<FindingDraft> _drafts = [];
    private readonly List<NotChecked> _notChecked = [];
    private readonly List<Hypothesis> _hypotheses = [];
    private readonly List<Action> _afterTests = [];

    internal FindingSink(RuleDescriptor rule) => Rule = rule;

    internal RuleDescriptor Rule { get; }

    internal IReadOnlyList<FindingDraft> Drafts => _drafts;

    internal IReadOnlyList<NotChecked> Unanswered => _notChecked;

    internal IReadOnlyList<Hypothesis> Hypotheses => _hypotheses;

    /// <summary>Reports a fault.</summary>
    /// <param name="draft">What was found.</param>
    public void Report(FindingDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        _drafts.Add(draft);
    }

    /// <summary>Says that a question could not be answered.</summary>
    /// <param name="subject">What was not checked.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rowsNeeded">How many rows would be needed.</param>
    public void NotChecked(Subject subject, string reason, long? rowsNeeded = null) =>
        _notChecked.Add(new NotChecked(subject, reason) { RuleId = Rule.Id, RowsNeeded = rowsNeeded });

    /// <summary>
    /// Puts one test into the report's family. Every test made must be put in, also those that look harmless: the family's
    /// size is what keeps false alarms rare. The outcome is known in <see cref="AfterTests"/>.
    /// </summary>
    /// <param name="subject">What is tested.</param>
    /// <param name="pValue">The raw p-value, in [0, 1]; NaN counts as 1.</param>
    /// <param name="effect">The effect found, in the floor's unit.</param>
    /// <param name="floor">The smallest effect that matters.</param>
    /// <param name="resolution">The smallest effect these rows could show at a given per-test level; null where it always shows.</param>
    /// <returns>The test; its outcome is set once all rules have judged.</returns>
    public Hypothesis Test(Subject subject, double pValue, double effect, double floor, Func<double, double>? resolution = null)
    {
        var hypothesis = new Hypothesis(subject, double.IsNaN(pValue) ? 1 : Math.Clamp(pValue, 0, 1), effect, floor, resolution);
        _hypotheses.Add(hypothesis);
        return hypothesis;
    }

    /// <summary>Runs once the p-values of all rules have been adjusted together.</summary>
    /// <param name="conclude">Reads the outcomes and reports.</param>
    public void AfterTests(Action conclude) => _afterTests.Add(conclude);

    internal void Conclude() => _afterTests.ForEach(a => a());
}
