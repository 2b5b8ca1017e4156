using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>The comparison of two rows of counts.</summary>
/// <param name="Statistic">Chi-square of the 2 x r table after pooling.</param>
/// <param name="DegreesOfFreedom">r - 1; 0 where nothing was left to compare.</param>
/// <param name="PValue">Its upper tail; 1 where nothing was left to compare.</param>
/// <param name="TotalVariation">Half the sum of absolute differences of shares over the pooled table, less its expectation under no change, at least 0.</param>
/// <param name="RawTotalVariation">The same over all categories without that correction.</param>
internal readonly record struct CountComparison(
    double Statistic, int DegreesOfFreedom, double PValue, double TotalVariation, double RawTotalVariation);

/// <summary>
/// Two-sample chi-square of counts with categories too rare for it pooled. Both rows are random: a one-sample test that takes the
/// first row's counts as exact gives false alarms.
/// </summary>
internal static class TwoSampleChiSquare
{
    /// <summary>Categories expected less often than this on either side are pooled into one (Cochran's rule).</summary>
    public const double MinExpected = 5;

    /// <summary>Compares two rows of counts of the same categories.</summary>
    public static CountComparison Compare(ReadOnlySpan<long> first, ReadOnlySpan<long> second)
    {
        double n = 0, m = 0;
        for (var i = 0; i < first.Length; i++)
            (n, m) = (n + first[i], m + second[i]);
        if (n == 0 || m == 0)
            return new CountComparison(0, 0, 1, 0, 0);

        var smaller = Math.Min(n, m) / (n + m);
        var table = new Table(n, m);
        double rareFirst = 0, rareSecond = 0, raw = 0;
        for (var i = 0; i < first.Length; i++)
        {
            raw += Math.Abs(first[i] / n - second[i] / m) / 2;
            if ((first[i] + second[i]) * smaller >= MinExpected)
                table.Add(first[i], second[i]);
            else
                (rareFirst, rareSecond) = (rareFirst + first[i], rareSecond + second[i]);
        }

        // A pool still too rare for a cell of its own is left out: it holds less than one hundredth of what could matter.
        if ((rareFirst + rareSecond) * smaller >= MinExpected)
            table.Add(rareFirst, rareSecond);
        return table.Result(raw);
    }

    /// <summary>The smallest total variation that reaches a level for a two-category table; more categories need more.</summary>
    public static double Resolution(double level, double largestShare, double n, double m) =>
        RandomSplit.ShareResolution(level, Math.Clamp(largestShare, 0, 0.5), n, m);

    private struct Table(double n, double m)
    {
        private int _cells;
        private double _statistic;
        private double _distance;
        private double _noise;

        public void Add(double a, double b)
        {
            var share = (a + b) / (n + m);
            var difference = a / n - b / m;
            _cells++;
            _statistic += difference * difference / (share * (1 / n + 1 / m));
            _distance += Math.Abs(difference) / 2;
            _noise += Math.Sqrt(2 / Math.PI * share * (1 - share) * (1 / n + 1 / m)) / 2;
        }

        public readonly CountComparison Result(double raw)
        {
            var df = Math.Max(0, _cells - 1);
            var p = df == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(df / 2.0, _statistic / 2);
            return new CountComparison(_statistic, df, p, Math.Max(0, _distance - _noise), raw);
        }
    }
}
