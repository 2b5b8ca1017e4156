namespace MLNetDebug.Data;

/// <summary>
/// Lag-1 autocorrelation of scores over neighbouring rows, against every permutation of the same scores: exact mean and variance
/// (in the manner of Wald and Wolfowitz, Ann. Math. Statist. 14, 1943, here for any set of neighbouring pairs).
/// </summary>
internal readonly record struct LagTest(double Correlation, double Z, double PValue)
{
    /// <summary>Above this kurtosis (uniform ranks have 1.8) a few rows carry the sum and the normal tail is too light.</summary>
    private const double HeavyKurtosis = 3;

    /// <summary>Nothing to test.</summary>
    public static LagTest None { get; } = new(double.NaN, 0, 1);

    /// <param name="sum">Sum over neighbouring pairs of the product of their centred scores.</param>
    /// <param name="pairs">Neighbouring pairs.</param>
    /// <param name="chained">Rows that stand in two pairs.</param>
    /// <param name="n">Scores, neighbours or not.</param>
    /// <param name="s2">Sum of squared centred scores over all n.</param>
    /// <param name="s4">Sum of their fourth powers.</param>
    public static LagTest Test(double sum, double pairs, double chained, double n, double s2, double s4)
    {
        if (pairs < 3 || n < 5 || !(s2 > 0))
            return None;
        var two = n * (n - 1);
        var three = two * (n - 2);
        var four = three * (n - 3);
        var mean = -s2 / two;
        var disjoint = pairs * (pairs - 1) - 2 * chained;
        var variance = pairs * (s2 * s2 - s4) / two + 2 * chained * (2 * s4 - s2 * s2) / three
            + disjoint * (3 * s2 * s2 - 6 * s4) / four - pairs * pairs * mean * mean;
        if (!(variance > 0))
            return None;
        var excess = sum - pairs * mean;
        var z = excess / Math.Sqrt(variance);
        return new LagTest(Math.Clamp(excess / pairs / (s2 / n), -1, 1), z, Tail(z, n * s4 / (s2 * s2), pairs));
    }

    private static double Tail(double z, double kurtosis, double pairs)
    {
        var normal = GammaTail.NormalTwoSided(z);
        if (kurtosis <= HeavyKurtosis || z <= 0)
            return normal;
        // With rare large scores the sum counts chance meetings of two of them: about Poisson with this mean.
        var meetings = pairs / (kurtosis * kurtosis);
        return Math.Min(1, 2 * GammaTail.Upper(meetings + z * Math.Sqrt(meetings) - 0.5, meetings, meetings));
    }
}
