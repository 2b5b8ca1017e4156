namespace MLNetDebug.Data;

/// <summary>What one walk over two sorted samples gives.</summary>
/// <param name="Distance">Greatest distance D of the two empirical distribution functions, in [0, 1].</param>
/// <param name="Steps">The same as the whole number D * n * m.</param>
/// <param name="Wasserstein">Area between the two functions (1-Wasserstein distance), in the values' unit.</param>
/// <param name="Distinct">Distinct values, counted up to 3.</param>
internal readonly record struct SampleDistance(double Distance, long Steps, double Wasserstein, int Distinct);

/// <summary>The two-sample Kolmogorov-Smirnov test, two-sided. With ties its p-value is conservative.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>Below this effective size nm/(n+m) the p-value is exact (counting lattice paths), above it asymptotic.</summary>
    public const double ExactBelow = 100;

    /// <summary>Walks over two ascending samples of finite values; both must hold at least one.</summary>
    public static SampleDistance Measure(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        int n = first.Length, m = second.Length, i = 0, j = 0, distinct = 0;
        long steps = 0;
        double area = 0, before = 0;
        while (i < n || j < m)
        {
            var value = j >= m || (i < n && first[i] <= second[j]) ? first[i] : second[j];
            var apart = Math.Abs((long)i * m - (long)j * n);
            if (apart > 0)
                area += (value - before) * apart;
            steps = Math.Max(steps, apart);
            if (distinct < 3)
                distinct++;
            while (i < n && first[i] == value)
                i++;
            while (j < m && second[j] == value)
                j++;
            before = value;
        }

        var scale = (double)n * m;
        return new SampleDistance(steps / scale, steps, area / scale, distinct);
    }

    /// <summary>Probability of a distance at least so large where both samples come from one continuous distribution.</summary>
    /// <param name="steps">The distance as D * n * m.</param>
    /// <param name="n">Size of one sample, at least 1.</param>
    /// <param name="m">Size of the other, at least 1.</param>
    public static double PValue(long steps, int n, int m)
    {
        if (steps <= 0)
            return 1;
        var effective = (double)n * m / ((double)n + m);
        if (effective < ExactBelow)
            return Exact(steps, n, m);

        // Without Stephens' widening, which is meant for one sample: for two it makes p-values up to 12 % too small, this up to 10 % too large.
        return Kolmogorov(Math.Sqrt(effective) * (steps / ((double)n * m)));
    }

    /// <summary>
    /// The exact p-value: the share of lattice paths from (0, 0) to (n, m) that touch the boundary (Hodges 1958). Sums of positive
    /// terms only, so that small p-values keep their digits.
    /// </summary>
    public static double Exact(long steps, int n, int m)
    {
        if (m > n)
            (n, m) = (m, n);
        var touched = new double[m + 1];
        for (var i = 0; i <= n; i++)
        {
            for (var j = 0; j <= m; j++)
            {
                if (Math.Abs((long)i * m - (long)j * n) >= steps)
                    touched[j] = 1;
                else if (i + j == 0)
                    touched[j] = 0;
                else
                    touched[j] = ((i > 0 ? i * touched[j] : 0) + (j > 0 ? j * touched[j - 1] : 0)) / (i + j);
            }
        }

        return touched[m];
    }

    /// <summary>Upper tail of Kolmogorov's distribution.</summary>
    public static double Kolmogorov(double x)
    {
        if (x < 0.2)
            return 1;
        if (x < 1.18)
        {
            // The other form of the theta function converges at once here.
            var y = Math.Exp(-Math.PI * Math.PI / (8 * x * x));
            return 1 - Math.Sqrt(2 * Math.PI) / x * (y + Math.Pow(y, 9) + Math.Pow(y, 25) + Math.Pow(y, 49));
        }

        double sum = 0, sign = 1;
        for (var k = 1; k <= 6; k++, sign = -sign)
            sum += sign * Math.Exp(-2.0 * k * k * x * x);
        return Math.Clamp(2 * sum, 0, 1);
    }

    /// <summary>The smallest distance that reaches a level with these sizes.</summary>
    public static double Resolution(double level, double n, double m) =>
        Math.Sqrt(-Math.Log(level / 2) / 2 * (1 / n + 1 / m));

    /// <summary>Rows needed in each of two equal samples so that a distance as small as the floor reaches the level.</summary>
    public static long RowsNeeded(double level, double floor) => (long)Math.Ceiling(-Math.Log(level / 2) / (floor * floor));
}
