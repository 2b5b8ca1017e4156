namespace MLNetDebug.Data;

/// <summary>The distributions of one numeric slot in two splits, over sampled finite values.</summary>
internal sealed record NumericShift
{
    /// <summary>True for dates and spans of time, whose values are ticks.</summary>
    public bool IsTime { get; init; }

    /// <summary>Sampled finite values of the training split.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Sampled finite values of the hold-out split.</summary>
    public required int TestCount { get; init; }

    /// <summary>Kolmogorov-Smirnov distance, in [0, 1].</summary>
    public required double Distance { get; init; }

    /// <summary>Its p-value.</summary>
    public required double DistancePValue { get; init; }

    /// <summary>
    /// p-value of the shift: three times the smallest of that, of the rank sum and of the ranks' distances from the middle, which see a moved
    /// mean and a changed spread in fewer rows; for slots of two values that of the exact test of shares.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>Wasserstein distance in standard deviations of the training split; NaN where that is 0.</summary>
    public required double Wasserstein { get; init; }

    /// <summary>Means and standard deviations over all rows.</summary>
    public required double TrainMean { get; init; }

    /// <summary>Mean of the hold-out split over all rows.</summary>
    public required double TestMean { get; init; }

    /// <summary>Standard deviation of the training split over all rows.</summary>
    public required double TrainDeviation { get; init; }

    /// <summary>Standard deviation of the hold-out split over all rows.</summary>
    public required double TestDeviation { get; init; }

    /// <summary>Hold-out values below the least training value.</summary>
    public required TailRun Below { get; init; }

    /// <summary>Hold-out values above the greatest training value.</summary>
    public required TailRun Above { get; init; }

    /// <summary>The most frequent hold-out value that the training split lacks.</summary>
    public required NewValue New { get; init; }

    /// <summary>Difference of the means in standard deviations of the training split; NaN where that is 0.</summary>
    public double MeanShift => (TestMean - TrainMean) / (TrainDeviation > 0 ? TrainDeviation : double.NaN);
}

/// <summary>Hold-out values beyond the range of the training split.</summary>
/// <param name="Count">So many.</param>
/// <param name="Of">Of so many hold-out values.</param>
/// <param name="Limit">The training split's own extreme.</param>
/// <param name="PValue">Exact probability that the outermost so many of all values would all be hold-out values by chance.</param>
internal readonly record struct TailRun(long Count, long Of, double Limit, double PValue)
{
    /// <summary>Share of the hold-out values; 0 for none.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;
}

/// <summary>A value of the hold-out split that the training split lacks, such as a default that was filled in.</summary>
/// <param name="Value">The value; NaN where there is none.</param>
/// <param name="Count">How often it stands there.</param>
/// <param name="Of">Of so many hold-out values.</param>
/// <param name="PValue">Exact probability that all its rows fell into the hold-out split by chance, times the values at least as frequent.</param>
internal readonly record struct NewValue(double Value, long Count, long Of, double PValue)
{
    /// <summary>Share of the hold-out values; 0 for none.</summary>
    public double Share => Of == 0 ? 0 : (double)Count / Of;
}
