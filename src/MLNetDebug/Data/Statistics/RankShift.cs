using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>Rank tests of two samples, two-sided.</summary>
/// <param name="Location">p-value of the rank sum (Wilcoxon, Mann and Whitney): one sample lies higher.</param>
/// <param name="Spread">p-value of the sum of the ranks' distances from the middle (Ansari and Bradley): one sample lies wider.</param>
internal readonly record struct RankShift(double Location, double Spread)
{
    /// <summary>Both from one walk over two ascending samples, by the exact permutation mean and variance of tied ranks.</summary>
    public static RankShift Measure(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double n = first.Length, m = second.Length, total = n + m;
        if (n == 0 || m == 0)
            return new RankShift(1, 1);
        double middle = (total + 1) / 2, location = 0, spread = 0, distances = 0, squares = 0;
        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            var value = j >= second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            int start = i + j, before = j;
            while (i < first.Length && first[i] == value)
                i++;
            while (j < second.Length && second[j] == value)
                j++;
            double count = i + j - start, away = start + (count + 1) / 2 - middle;
            location += (j - before) * away;
            spread += (j - before) * Math.Abs(away);
            distances += count * Math.Abs(away);
            squares += count * away * away;
        }

        var scale = n * m / (total - 1) / total;
        var mean = distances / total;
        return new RankShift(
            PValue(location, scale * squares), PValue(spread - m * mean, scale * (squares - distances * mean)));
    }

    private static double PValue(double deviation, double variance) =>
        variance > 0 ? SpecialFunctions.Erfc(Math.Abs(deviation) / Math.Sqrt(2 * variance)) : 1;
}
