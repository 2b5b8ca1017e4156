namespace MLNetDebug;

/// <summary>What a rule is, apart from its logic.</summary>
/// <param name="Id">The rule's id, one of <see cref="RuleIds"/>.</param>
/// <param name="Name">The constant's name in <see cref="RuleIds"/>.</param>
/// <param name="Title">One short sentence that states the fault.</param>
/// <param name="Category">The family, which also orders reports.</param>
/// <param name="DefaultSeverity">The severity where the user says nothing else.</param>
/// <param name="Proof">What kind of evidence the rule stands on.</param>
public sealed record RuleDescriptor(
    string Id, string Name, string Title, RuleCategory Category, Severity DefaultSeverity, ProofKind Proof)
{
    /// <summary>Which of the twenty notes on debugging deep learning the rule answers; empty where it goes beyond them.</summary>
    public IReadOnlyList<int> Notes { get; init; } = [];

    /// <summary>Ids of rules this one is a symptom of: where one of them has a finding, this rule's are folded under it.</summary>
    public IReadOnlyList<string> SymptomOf { get; init; } = [];

    /// <summary>The rule's page, relative to the repository.</summary>
    public string HelpLink => $"docs/rules/{Id}.md";
}
