namespace MLNetDebug.Data;

/// <summary>
/// Upper-tail p-value of a chi-square under permutation: a gamma distribution of the exact mean and variance, which starts at the
/// least value these counts allow. With many rows per class that is the chi-square distribution; with a class of a few rows the
/// statistic counts chance meetings of them, and its tail is much heavier.
/// </summary>
internal static class ChiSquareTest
{
    /// <summary>Above this kurtosis (uniform ranks have 1.8) scores are taken for a rare class and its rest.</summary>
    private const double HeavyKurtosis = 3;

    /// <summary>A table of groups of rows by classes.</summary>
    /// <param name="statistic">X^2 (n - 1) / n.</param>
    /// <param name="n">Rows.</param>
    /// <param name="groups">Groups with at least one row.</param>
    /// <param name="inverseGroupSizes">Sum of 1 / rows over the groups.</param>
    /// <param name="counts">Rows per class; 0 is left out.</param>
    public static double OfClasses(double statistic, double n, double groups, double inverseGroupSizes, ReadOnlySpan<long> counts)
    {
        double classes = 0, inverse = 0, least = 0, rarest = double.PositiveInfinity;
        foreach (var count in counts)
        {
            if (count == 0)
                continue;
            classes++;
            inverse += 1.0 / count;
            // A class of q r + s rows spread as evenly as it can be over r groups adds s (r - s) / rows.
            var rest = count % groups;
            least += rest * (groups - rest) / count;
            if (count > 1)
                rarest = Math.Min(rarest, count);
        }

        var mean = (groups - 1) * (classes - 1);
        if (n < 4 || !(mean > 0))
            return 1;
        var variance = ChiSquareMoments.Variance(n, groups, inverseGroupSizes, classes, inverse);
        return Tail(statistic, mean, variance, least, groups / rarest);
    }

    /// <summary>Kruskal-Wallis and its kind.</summary>
    /// <param name="statistic">(n - 1) times the groups' share of the sum of squares.</param>
    /// <param name="n">Rows.</param>
    /// <param name="groups">Groups with at least one row.</param>
    /// <param name="inverseGroupSizes">Sum of 1 / rows over the groups.</param>
    /// <param name="kurtosis">Fourth central moment over squared variance of the scores.</param>
    public static double OfScores(double statistic, double n, double groups, double inverseGroupSizes, double kurtosis)
    {
        if (n < 4 || groups < 2)
            return 1;
        var variance = ChiSquareMoments.VarianceOfScores(n, groups, inverseGroupSizes, kurtosis);
        if (kurtosis <= HeavyKurtosis)
            return GammaTail.Upper(statistic, groups - 1, variance);
        // Two classes of shares p and q have kurtosis 1 / (p q) - 3.
        var rare = n / (kurtosis + 3);
        return Tail(statistic, groups - 1, variance, Math.Max(0, groups - rare), groups / rare);
    }

    private static double Tail(double statistic, double mean, double variance, double least, double halfStep) =>
        GammaTail.Upper(statistic - least - halfStep, mean - least, variance);
}
