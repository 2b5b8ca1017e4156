using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class CorrelationDifferenceTests
{
    [TestMethod]
    public void Equal_correlations_have_p_one() => Assert.AreEqual(1, CorrelationDifference.PValue(0.4, 100, 0.4, 50), 1e-12);

    [TestMethod]
    public void Is_the_normal_tail_of_Fishers_z()
    {
        var z = (Math.Atanh(0.5) - Math.Atanh(0.2)) / Math.Sqrt((1 + 0.125) / 97 + (1 + 0.02) / 197);
        Assert.AreEqual(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -z), CorrelationDifference.PValue(0.5, 100, 0.2, 200), 1e-12);
    }

    [TestMethod]
    public void Few_rows_and_perfect_correlation_are_no_trouble()
    {
        Assert.AreEqual(1, CorrelationDifference.PValue(1, 3, -1, 100));
        Assert.IsTrue(double.IsFinite(CorrelationDifference.PValue(1, 100, -1, 100)));
    }

    [TestMethod]
    public void The_robust_p_is_wary_where_two_rare_events_meet()
    {
        // 4 of 5 common events on one side, 1 of 5 on the other: Fisher's z is sure, the products' own spread is not.
        float[] x = Event(200, 0, 5), y1 = Event(200, 1, 6), y2 = Event(200, 4, 9);
        double r1 = Dot(x, y1), r2 = Dot(x, y2);
        Assert.IsLessThan(1e-6, CorrelationDifference.PValue(r1, 200, r2, 200));
        Assert.IsGreaterThan(1e-4, CorrelationDifference.RobustPValue(r1, x, y1, r2, x, y2));
    }

    private static float[] Event(int rows, int from, int to)
    {
        double share = (to - from) / (double)rows, scale = Math.Sqrt(share * (1 - share));
        return [.. Enumerable.Range(0, rows).Select(i => (float)(((i >= from && i < to ? 1 : 0) - share) / scale))];
    }

    private static double Dot(float[] x, float[] y) => x.Zip(y, (a, b) => (double)a * b).Average();
}
