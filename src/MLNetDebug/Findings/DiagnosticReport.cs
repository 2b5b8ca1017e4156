namespace MLNetDebug;

/// <summary>What was found, what was checked, and what was not. Immutable.</summary>
public sealed record DiagnosticReport
{
    /// <summary>The name of the JSON form; frozen as <c>/1</c> at the first release.</summary>
    public const string Schema = "mlnetdebug/report/0";

    /// <summary>What was looked at, such as <c>training data</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Findings, root cause before symptom, then by severity; symptoms carry <see cref="Finding.FoldedUnder"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The rules that ran.</summary>
    public IReadOnlyList<CheckedRule> Checked { get; init; } = [];

    /// <summary>The questions that were not answered, and why.</summary>
    public IReadOnlyList<NotChecked> NotChecked { get; init; } = [];

    /// <summary>What was assumed where the user said nothing (label column, task, batch size, ...).</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];

    /// <summary>Facts about the data that a reader wants first (rows, columns, sampled share).</summary>
    public IReadOnlyList<Evidence> Facts { get; init; } = [];

    /// <summary>How long each measurement took.</summary>
    public IReadOnlyList<Timing> Timings { get; init; } = [];

    /// <summary>How many p-values stand in the report's multiplicity-controlled family.</summary>
    public int FamilySize { get; init; }

    /// <summary>Findings that are not folded under another.</summary>
    public IEnumerable<Finding> Unfolded => Findings.Where(f => f.FoldedUnder is null);

    /// <summary>The highest severity among all findings; <see cref="Severity.None"/> where there are none.</summary>
    public Severity Worst => Findings.Count == 0 ? Severity.None : Findings.Max(f => f.Severity);

    /// <summary>The repairs that can be applied, in the order of their findings, folded ones left out.</summary>
    public IReadOnlyList<Mend> Mends => [.. Unfolded.Select(f => f.Mend).OfType<Mend>().Distinct()];

    /// <summary>Findings of one rule.</summary>
    /// <param name="ruleId">One of <see cref="RuleIds"/>.</param>
    /// <returns>The findings, folded ones included.</returns>
    public IEnumerable<Finding> Of(string ruleId) => Findings.Where(f => f.Rule.Id == ruleId);
}
