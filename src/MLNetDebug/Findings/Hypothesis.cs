namespace MLNetDebug;

/// <summary>The outcome of a statistical test.</summary>
public enum TestOutcome
{
    /// <summary>The adjusted p-value or the effect does not reach its limit.</summary>
    NotFound = 0,

    /// <summary>Adjusted p at most alpha, and effect at least the floor.</summary>
    Found = 1,

    /// <summary>Not found, but these rows could not have shown an effect as small as the floor.</summary>
    Undetermined = 2,
}

/// <summary>One test of the report's family: a p-value with its effect, and the smallest effect that matters.</summary>
public sealed class Hypothesis
{
    private readonly Func<double, double>? _resolution;

    internal Hypothesis(Subject subject, double pValue, double effect, double floor, Func<double, double>? resolution)
    {
        Subject = subject;
        PValue = pValue;
        Effect = effect;
        Floor = floor;
        _resolution = resolution;
    }

    /// <summary>What is tested.</summary>
    public Subject Subject { get; }

    /// <summary>The raw p-value.</summary>
    public double PValue { get; }

    /// <summary>The effect, in the floor's unit.</summary>
    public double Effect { get; }

    /// <summary>The smallest effect that matters.</summary>
    public double Floor { get; }

    /// <summary>The p-value adjusted for all tests of the report (Holm 1979).</summary>
    public double AdjustedPValue { get; private set; } = double.NaN;

    /// <summary>The family-wise error rate the report was asked for (Alpha of the options): what <see cref="AdjustedPValue"/> is held against.</summary>
    public double Alpha { get; private set; } = double.NaN;

    /// <summary>True where <see cref="AdjustedPValue"/> is at most <see cref="Alpha"/>, however small the effect.</summary>
    public bool IsSignificant => AdjustedPValue <= Alpha;

    /// <summary>The smallest effect these rows could show, given the size of the family; 0 where it always shows.</summary>
    public double Resolution { get; private set; }

    /// <summary>The outcome.</summary>
    public TestOutcome Outcome { get; private set; }

    /// <summary>True where <see cref="Outcome"/> is <see cref="TestOutcome.Found"/>.</summary>
    public bool IsFound => Outcome == TestOutcome.Found;

    internal void Resolve(double adjusted, double alpha, int familySize)
    {
        AdjustedPValue = adjusted;
        Alpha = alpha;
        Resolution = _resolution?.Invoke(alpha / familySize) ?? 0;
        Outcome = IsSignificant && Effect >= Floor ? TestOutcome.Found
            : Resolution > Floor ? TestOutcome.Undetermined
            : TestOutcome.NotFound;
    }
}
