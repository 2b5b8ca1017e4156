namespace MLNetDebug;

/// <summary>One fault that was found. Immutable.</summary>
public sealed record Finding
{
    /// <summary>The rule that found it.</summary>
    public required RuleDescriptor Rule { get; init; }

    /// <summary>How much it matters, overrides of the user applied.</summary>
    public required Severity Severity { get; init; }

    /// <summary>How sure it is.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Where it is.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What is wrong, with the numbers.</summary>
    public required string Message { get; init; }

    /// <summary>The values it stands on.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<Advice> Advice { get; init; } = [];

    /// <summary>How it was proved, where it was.</summary>
    public Proof? Proof { get; init; }

    /// <summary>Numbers a renderer may draw.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>A repair that can be applied, where there is one.</summary>
    public Mend? Mend { get; init; }

    /// <summary>Cell values of the user's data that explain it; written out only where asked.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The id of the rule whose finding is this one's root cause; null where it stands for itself.</summary>
    public string? FoldedUnder { get; init; }
}

/// <summary>A question that was not answered. Not checked is never healthy.</summary>
/// <param name="Subject">What was not checked.</param>
/// <param name="Reason">Why.</param>
public sealed record NotChecked(Subject Subject, string Reason)
{
    /// <summary>The rule whose question it is; null where it concerns several.</summary>
    public string? RuleId { get; init; }

    /// <summary>How many rows would be needed; null where rows are not what is missing.</summary>
    public long? RowsNeeded { get; init; }
}

/// <summary>One rule that ran.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Findings">How many findings it gave.</param>
/// <param name="Tests">How many statistical tests it put into the report's family.</param>
public sealed record CheckedRule(RuleDescriptor Rule, int Findings, int Tests);

/// <summary>How long one measurer took.</summary>
/// <param name="Name">The measurement.</param>
/// <param name="Elapsed">Wall time.</param>
public sealed record Timing(string Name, TimeSpan Elapsed);
