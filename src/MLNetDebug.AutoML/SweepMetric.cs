namespace MLNetDebug.AutoML;

/// <summary>What trials are compared by.</summary>
/// <param name="Name">Its name, such as <c>accuracy</c>.</param>
/// <param name="IsHigherBetter">True for an accuracy, false for a loss.</param>
public sealed record SweepMetric(string Name, bool IsHigherBetter)
{
    /// <summary>The share of right answers: higher is better.</summary>
    public static SweepMetric Accuracy { get; } = new("accuracy", true);

    /// <summary>A loss: lower is better.</summary>
    public static SweepMetric Loss { get; } = new("loss", false);

    /// <summary>True where <paramref name="value"/> is finite and better than <paramref name="other"/>, or the other is not finite.</summary>
    /// <param name="value">A value of the metric.</param>
    /// <param name="other">Another.</param>
    /// <returns>Whether it is better.</returns>
    public bool IsBetter(double value, double other) =>
        double.IsFinite(value) && (!double.IsFinite(other) || (IsHigherBetter ? value > other : value < other));
}
