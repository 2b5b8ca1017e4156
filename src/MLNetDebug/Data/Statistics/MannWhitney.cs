using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>How well a score tells two samples apart.</summary>
/// <param name="Auc">Area under the ROC curve: the chance that a row of the second sample scores higher, ties counted half.</param>
/// <param name="PValue">One-sided p-value of an area above 0.5 (Mann-Whitney, tie-corrected normal approximation).</param>
internal readonly record struct RankComparison(double Auc, double PValue);

/// <summary>The Mann-Whitney test of scores.</summary>
internal static class MannWhitney
{
    /// <summary>Compares; an area of 0.5 with p = 1 where one sample is empty or all scores are equal.</summary>
    public static RankComparison Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double n = first.Length, m = second.Length;
        if (n == 0 || m == 0)
            return new RankComparison(0.5, 1);
        var keys = new double[first.Length + second.Length];
        var sides = new bool[keys.Length];
        first.CopyTo(keys);
        second.CopyTo(keys.AsSpan(first.Length));
        sides.AsSpan(first.Length).Fill(true);
        Array.Sort(keys, sides);

        double ranks = 0, ties = 0;
        for (int start = 0, end; start < keys.Length; start = end)
        {
            var ofSecond = 0;
            for (end = start; end < keys.Length && keys[end] == keys[start]; end++)
                ofSecond += sides[end] ? 1 : 0;
            double size = end - start;
            ranks += ofSecond * (start + 1 + end) / 2.0;
            ties += size * size * size - size;
        }

        var total = n + m;
        var auc = (ranks - m * (m + 1) / 2) / (n * m);
        var variance = (total + 1 - ties / (total * (total - 1))) / (12 * n * m);
        return new RankComparison(auc, variance <= 0 ? 1 : SpecialFunctions.Erfc((auc - 0.5) / Math.Sqrt(2 * variance)) / 2);
    }

    /// <summary>The smallest area that reaches a level with these sizes.</summary>
    public static double Resolution(double level, double n, double m) =>
        Math.Min(1, 0.5 + MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - level) * Math.Sqrt((n + m + 1) / (12 * n * m)));
}
