using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace MLNetDebug.Data;

/// <summary>
/// Upper tails of statistics that are sums of rare events under a permutation, such as join counts and chi-squares with rare
/// classes: a gamma distribution of the same mean and variance (Pearson type III), which is the chi-square itself where that is
/// right and stays honest where events are too rare for it.
/// </summary>
internal static class GammaTail
{
    /// <summary>Above this shape the Wilson-Hilferty cube root is more accurate than summing the series.</summary>
    private const double LargeShape = 1e4;

    /// <summary>P(X &gt;= x) of the gamma distribution with the given mean and variance.</summary>
    /// <param name="x">The observed value, on a scale that starts at 0.</param>
    /// <param name="mean">Mean, positive.</param>
    /// <param name="variance">Variance; where it is 0 there is nothing to test and the answer is 1.</param>
    /// <returns>The p-value, in [0, 1].</returns>
    public static double Upper(double x, double mean, double variance)
    {
        if (!(variance > 0) || !(mean > 0) || x <= 0)
            return 1;
        var shape = mean * mean / variance;
        var scaled = x * mean / variance;
        if (shape < LargeShape)
            return Math.Clamp(SpecialFunctions.GammaUpperRegularized(shape, scaled), 0, 1);
        // Wilson and Hilferty, PNAS 17 (1931): the cube root of a gamma variable is nearly normal.
        var z = 3 * Math.Sqrt(shape) * (Math.Cbrt(scaled / shape) - 1 + 1 / (9 * shape));
        return NormalUpper(z);
    }

    /// <summary>P(Z &gt;= z) of the standard normal, accurate far into the tail.</summary>
    public static double NormalUpper(double z) => double.IsNaN(z) ? 1 : Normal.CDF(0, 1, -z);

    /// <summary>P(|Z| &gt;= |z|) of the standard normal.</summary>
    public static double NormalTwoSided(double z) => double.IsNaN(z) ? 1 : Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z)));
}
