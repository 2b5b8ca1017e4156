namespace MLNetDebug.Data;

/// <summary>
/// Variance of the chi-square statistic of a table whose margins are both fixed, as a permutation of labels over places fixes them
/// (Haldane, Biometrika 31, 1940; in the form of Dawson, Biometrika 41, 1954). The mean is (r - 1)(c - 1) N / (N - 1).
/// </summary>
internal static class ChiSquareMoments
{
    /// <summary>Variance of X^2 (N - 1) / N, whose mean is exactly (groups - 1) (classes - 1).</summary>
    /// <param name="n">Rows, at least 4.</param>
    /// <param name="groups">Groups with at least one row.</param>
    /// <param name="inverseGroupSizes">Sum of 1 / rows over the groups.</param>
    /// <param name="classes">Classes with at least one row.</param>
    /// <param name="inverseClassSizes">Sum of 1 / rows over the classes.</param>
    public static double Variance(double n, double groups, double inverseGroupSizes, double classes, double inverseClassSizes)
    {
        var spreadOfClasses = (n * inverseClassSizes - classes * classes) / (n - 2);
        return Combine(n, groups, inverseGroupSizes, (classes - 1) * (n - classes) / (n - 1), spreadOfClasses);
    }

    /// <summary>The same for real scores (Kruskal-Wallis and its kind), which enter through their kurtosis only.</summary>
    /// <param name="n">Rows, at least 4.</param>
    /// <param name="groups">Groups with at least one row.</param>
    /// <param name="inverseGroupSizes">Sum of 1 / rows over the groups.</param>
    /// <param name="kurtosis">Fourth central moment over squared variance of the scores; a two-class table has 1 / (p q) - 3.</param>
    public static double VarianceOfScores(double n, double groups, double inverseGroupSizes, double kurtosis) =>
        Combine(n, groups, inverseGroupSizes, (n - 2) / (n - 1), (kurtosis - 1) / (n - 2));

    private static double Combine(double n, double groups, double inverseGroupSizes, double classTerm, double classSpread)
    {
        var groupTerm = (groups - 1) * (n - groups) / (n - 1);
        var groupSpread = (n * inverseGroupSizes - groups * groups) / (n - 2);
        var variance = 2 * n / (n - 3) * (groupTerm - groupSpread) * (classTerm - classSpread) + n * n / (n - 1) * groupSpread * classSpread;
        var scale = (n - 1) / n;
        return Math.Max(0, variance) * scale * scale;
    }
}
