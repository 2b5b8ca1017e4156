using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>
/// Exact probabilities of how marked rows fall into two parts of n and m rows where the parts are a random split of n + m rows
/// (hypergeometric). No distribution of the values is assumed.
/// </summary>
internal static class RandomSplit
{
    private const double LogHalf = -0.6931471805599453;

    /// <summary>Probability that k given rows all fall into the part of m rows: the product of (m - i) / (n + m - i).</summary>
    public static double AllInSecond(long k, long n, long m)
    {
        if (k > m)
            return 0;
        if (k > 1000)
            return Math.Exp(LogChoose(m, k) - LogChoose(n + m, k));
        var probability = 1.0;
        for (var i = 0L; i < k && probability > 0; i++)
            probability *= (double)(m - i) / (n + m - i);
        return probability;
    }

    /// <summary>
    /// Two-sided p-value of two shares, k1 of n and k2 of m: twice the smaller hypergeometric tail (Fisher's exact test), at most 1.
    /// </summary>
    public static double SharesDiffer(long k1, long n, long k2, long m)
    {
        if (n <= 0 || m <= 0)
            return 1;
        var marked = k1 + k2;
        var at = LogTerm(k2);
        return Math.Min(1, 2 * Math.Min(Tail(-1), Tail(1)));

        double LogTerm(long x) => LogChoose(m, x) + LogChoose(n, marked - x) - LogChoose(n + m, marked);

        // One tail at most is below a half, and only that one matters: the other is given as 1 as soon as it is known to be larger.
        double Tail(int direction)
        {
            double term = 1, sum = 1;
            for (var x = k2; ; x += direction)
            {
                var ratio = direction > 0
                    ? (double)(m - x) * (marked - x) / ((x + 1.0) * (n - marked + x + 1.0))
                    : x * (double)(n - marked + x) / ((m - x + 1.0) * (marked - x + 1.0));
                if (ratio <= 0)
                    break;
                term *= ratio;
                sum += term;
                if (ratio < 1 && term < sum * 1e-15)
                    break;
                if (ratio >= 1 && at + Math.Log(sum) > LogHalf)
                    return 1;
            }

            return Math.Exp(at + Math.Log(sum));
        }
    }

    /// <summary>The smallest difference of shares that reaches a level (normal approximation around the pooled share).</summary>
    public static double ShareResolution(double level, double pooledShare, double n, double m) =>
        MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - level / 2) *
        Math.Sqrt(Math.Max(pooledShare * (1 - pooledShare), 1 / (n + m)) * (1 / n + 1 / m));

    /// <summary>Logarithm of the binomial coefficient; minus infinity outside 0..n.</summary>
    public static double LogChoose(long n, long k) =>
        k < 0 || k > n ? double.NegativeInfinity
        : SpecialFunctions.GammaLn(n + 1.0) - SpecialFunctions.GammaLn(k + 1.0) - SpecialFunctions.GammaLn(n - k + 1.0);
}
