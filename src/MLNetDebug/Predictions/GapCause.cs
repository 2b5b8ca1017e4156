namespace MLNetDebug.Predictions;

/// <summary>One thing that explains why validation rows are answered better than test rows.</summary>
/// <param name="Text">What it is, with numbers.</param>
/// <param name="Advice">What to do about it.</param>
internal sealed record GapCause(string Text, Advice Advice)
{
    /// <summary>The numbers.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Share of the gap it explains, in [0, 1]; null where that cannot be computed.</summary>
    public double? Explained { get; init; }

    /// <summary>What mends it, where that can be applied.</summary>
    public Mend? Mend { get; init; }
}
