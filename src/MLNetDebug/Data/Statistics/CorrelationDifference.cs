using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>Tests whether a rank correlation differs between two samples.</summary>
internal static class CorrelationDifference
{
    /// <summary>
    /// Two-sided p-value on Fisher's z with the variance (1 + r^2 / 2) / (n - 3) of a rank correlation (Bonett and Wright,
    /// Psychometrika 65, 2000). Both samples need more than 3 rows.
    /// </summary>
    public static double PValue(double first, int n, double second, int m)
    {
        if (n <= 3 || m <= 3)
            return 1;
        var difference = Transform(first) - Transform(second);
        var variance = (1 + first * first / 2) / (n - 3) + (1 + second * second / 2) / (m - 3);
        return SpecialFunctions.Erfc(Math.Abs(difference) / Math.Sqrt(2 * variance));
    }

    /// <summary>
    /// Two-sided p-value from the spread that the products themselves have over both samples together, for scores of mean 0 and
    /// variance 1 within each sample: right also where ties, zeros or rare events make the products far from normal.
    /// </summary>
    public static double RobustPValue(
        double first, ReadOnlySpan<float> x1, ReadOnlySpan<float> y1, double second, ReadOnlySpan<float> x2, ReadOnlySpan<float> y2)
    {
        int n = x1.Length, m = x2.Length;
        var pooled = (first * n + second * m) / (n + m);
        var variance = (Spread(x1, y1, pooled) + Spread(x2, y2, pooled)) / (n + m);
        return variance <= 0 ? 1 : SpecialFunctions.Erfc(Math.Abs(first - second) / Math.Sqrt(2 * variance * (1.0 / n + 1.0 / m)));
    }

    /// <summary>The smallest difference of two small correlations that reaches a level.</summary>
    public static double Resolution(double level, double n, double m) =>
        n <= 3 || m <= 3 ? 2 : Math.Tanh(MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - level / 2) * Math.Sqrt(1 / (n - 3) + 1 / (m - 3)));

    // Influence of one row on the correlation: x y - r (x^2 + y^2) / 2.
    private static double Spread(ReadOnlySpan<float> x, ReadOnlySpan<float> y, double r)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var influence = (double)x[i] * y[i] - r * ((double)x[i] * x[i] + (double)y[i] * y[i]) / 2;
            sum += influence * influence;
        }

        return sum;
    }

    // A correlation of exactly +-1 has no finite transform; this bound is beyond what ranks of a million rows can tell apart.
    private static double Transform(double r) => Math.Atanh(Math.Clamp(r, -0.999999, 0.999999));
}
