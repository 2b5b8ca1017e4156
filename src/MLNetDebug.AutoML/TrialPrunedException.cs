namespace MLNetDebug.AutoML;

/// <summary>A trial is not to go on. Let it through the body: the sweep takes it for what it is. A body may throw it itself.</summary>
public sealed class TrialPrunedException : Exception
{
    /// <summary>Ends a trial.</summary>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="findings">What a guard found; null for nothing.</param>
    /// <param name="innerException">What led to it.</param>
    public TrialPrunedException(string reason, IReadOnlyList<Finding>? findings = null, Exception? innerException = null)
        : base(reason, innerException) => Findings = findings ?? [];

    /// <summary>What a guard found.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Gradient steps that were taken, where the body knows them better than its last report; null otherwise.</summary>
    public long? Steps { get; init; }
}
