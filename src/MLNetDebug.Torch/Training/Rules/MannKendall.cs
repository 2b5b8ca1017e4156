using MathNet.Numerics.Distributions;

namespace MLNetDebug.Torch.Training;

/// <summary>The trend test of Mann (1945) and Kendall: how many pairs of a series rise, against a series whose order is chance.</summary>
internal static class MannKendall
{
    private const int MaxExact = 30;

    /// <summary>The chance of at least as many rising pairs; equal values count as falling. 1 for fewer than two values.</summary>
    public static double Rising(IReadOnlyList<double> series)
    {
        var n = series.Count;
        long rising = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
                rising += series[j] > series[i] ? 1 : 0;
        }

        var pairs = (long)n * (n - 1) / 2;
        if (n < 2)
            return 1;
        if (n <= MaxExact)
            return Exact(n)[(int)rising..].Sum();
        var deviation = Math.Sqrt(n * (n - 1.0) * (2 * n + 5) / 72);
        return 1 - Normal.CDF(pairs / 2.0, deviation, rising - 0.5);
    }

    /// <summary>The chance of each number of rising pairs among n values in random order: a value put at the end of k others makes 0 to k more, each as likely.</summary>
    private static double[] Exact(int n)
    {
        double[] chances = [1];
        for (var k = 1; k < n; k++)
        {
            var next = new double[chances.Length + k];
            for (var i = 0; i < chances.Length; i++)
            {
                for (var more = 0; more <= k; more++)
                    next[i + more] += chances[i] / (k + 1);
            }

            chances = next;
        }

        return chances;
    }
}
