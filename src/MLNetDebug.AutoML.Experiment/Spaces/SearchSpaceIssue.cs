namespace MLNetDebug.AutoML.Experiment;

/// <summary>Something in a search space that does not do what it looks like.</summary>
/// <param name="Key">The option, with the keys above it, such as <c>e0/L2Regularization</c>; empty for the space as a whole.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Advice">What to do.</param>
public sealed record SearchSpaceIssue(string Key, string What, string Advice)
{
    /// <summary>True where sampling itself is wrong, so that nothing may be tried; false for a trap.</summary>
    public bool IsFatal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Key.Length == 0 ? $"{What} {Advice}" : $"'{Key}': {What} {Advice}";
}
