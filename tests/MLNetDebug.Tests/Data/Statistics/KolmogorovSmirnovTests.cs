using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class KolmogorovSmirnovTests
{
    // scipy 1.10.1: ks_2samp(x, y, mode='exact') and wasserstein_distance(x, y) of x = sin(i), y = scale * sin(1.7 i) + offset, i from 1.
    [TestMethod]
    [DataRow(200, 150, 0.1, 0.8, 0.26, 1.4370638921050762e-05, 0.14588528863974126, 1e-12)]
    [DataRow(40, 25, 0.5, 1.0, 0.335, 0.04914433473363397, 0.44863967811165284, 1e-12)]
    [DataRow(3000, 2000, 0.05, 1.0, 0.10133333333333333, 3.639697122351738e-11, 0.04960559417006494, 0.01)]
    [DataRow(3000, 2000, 0.3, 0.7, 0.36866666666666664, 1.3940541681170826e-145, 0.29953216900207297, 0.03)]
    public void Agrees_with_scipy(int n, int m, double offset, double scale, double distance, double p, double wasserstein, double tolerance)
    {
        double[] x = [.. Wave(n, 1, 0, 1).Order()], y = [.. Wave(m, 1.7, offset, scale).Order()];
        var measured = KolmogorovSmirnov.Measure(x, y);
        Assert.AreEqual(distance, measured.Distance, 1e-12);
        Assert.AreEqual(wasserstein, measured.Wasserstein, 1e-12);
        Assert.AreEqual(1, Math.Log(KolmogorovSmirnov.PValue(measured.Steps, n, m)) / Math.Log(p), tolerance);
    }

    // scipy 1.10.1: kstwobign.sf.
    [TestMethod]
    [DataRow(0.5, 0.963945244)]
    [DataRow(1.0, 0.269999672)]
    [DataRow(1.5, 0.0222179626)]
    [DataRow(2.5, 7.45330634e-06)]
    public void Tail_of_Kolmogorovs_distribution(double x, double p) => Assert.AreEqual(1, KolmogorovSmirnov.Kolmogorov(x) / p, 1e-7);

    [TestMethod]
    public void Distance_equals_the_greatest_difference_of_shares() =>
        Gen.Int[-5, 5].Array[1, 30].Select(Gen.Int[-5, 5].Array[1, 30]).Sample(pair =>
        {
            double[] x = [.. pair.Item1.Select(v => (double)v).Order()], y = [.. pair.Item2.Select(v => (double)v).Order()];
            var slow = x.Concat(y).Max(v => Math.Abs(Share(x, v) - Share(y, v)));
            var area = Enumerable.Range(-5, 10).Sum(v => Math.Abs(Share(x, v) - Share(y, v)));
            var measured = KolmogorovSmirnov.Measure(x, y);
            Assert.AreEqual(slow, measured.Distance, 1e-12);
            Assert.AreEqual(area, measured.Wasserstein, 1e-9);
        });

    [TestMethod]
    public void Exact_p_equals_counting_all_orders()
    {
        const int N = 5, M = 4;
        var all = Orders(N, M).ToArray();
        foreach (var steps in new[] { 1L, 7, 10, 12, 15, 20 })
            Assert.AreEqual((double)all.Count(o => o >= steps) / all.Length, KolmogorovSmirnov.Exact(steps, N, M), 1e-12);
    }

    [TestMethod]
    public void The_asymptotic_p_is_never_too_small_and_near_the_exact_one()
    {
        foreach (var d in new[] { 0.12, 0.16, 0.2, 0.24 })
        {
            var steps = (long)(d * 200 * 200);
            var ratio = KolmogorovSmirnov.PValue(steps, 200, 200) / KolmogorovSmirnov.Exact(steps, 200, 200);
            Assert.IsGreaterThan(0.999, ratio);
            Assert.IsLessThan(1.25, ratio);
        }
    }

    [TestMethod]
    public void A_distance_at_the_resolution_just_reaches_the_level()
    {
        var d = KolmogorovSmirnov.Resolution(0.05 / 30, 709, 709);
        Assert.AreEqual(0.1, d, 0.001);
        Assert.AreEqual(1, KolmogorovSmirnov.PValue((long)Math.Round(d * 709 * 709), 709, 709) / (0.05 / 30), 0.01);
        Assert.AreEqual(709, KolmogorovSmirnov.RowsNeeded(0.05 / 30, 0.1), 1);
    }

    private static double[] Wave(int n, double step, double offset, double scale) =>
        [.. Enumerable.Range(1, n).Select(i => scale * Math.Sin(step * i) + offset)];

    private static double Share(double[] values, double at) => (double)values.Count(v => v <= at) / values.Length;

    private static IEnumerable<long> Orders(int n, int m)
    {
        for (var set = 0; set < 1 << (n + m); set++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)set) != n)
                continue;
            long i = 0, j = 0, most = 0;
            for (var k = 0; k < n + m; k++)
            {
                if ((set >> k & 1) == 1)
                    i++;
                else
                    j++;
                most = Math.Max(most, Math.Abs(i * m - j * n));
            }

            yield return most;
        }
    }
}
