using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class TwoSampleChiSquareTests
{
    [TestMethod]
    public void Agrees_with_scipy()
    {
        // scipy 1.10.1: chi2_contingency([[50, 30, 20, 9], [20, 25, 30, 6]]) has every expected count above 5.
        var measured = TwoSampleChiSquare.Compare([50, 30, 20, 9], [20, 25, 30, 6]);
        Assert.AreEqual(3, measured.DegreesOfFreedom);
        Assert.AreEqual(12.0470027197856, measured.Statistic, 1e-9);
        Assert.AreEqual(0.007223871188756132, measured.PValue, 1e-12);
    }

    [TestMethod]
    public void Rare_categories_are_pooled()
    {
        var measured = TwoSampleChiSquare.Compare([50, 50, 1, 2, 3, 2, 1], [50, 50, 2, 1, 1, 3, 2]);
        Assert.AreEqual(2, measured.DegreesOfFreedom);
        Assert.IsGreaterThan(0.9, measured.PValue);
        Assert.IsGreaterThan(measured.TotalVariation, measured.RawTotalVariation);
    }

    [TestMethod]
    public void The_bias_of_total_variation_is_taken_off()
    {
        // Uniform over 20 categories on both sides: the raw figure is far from 0, its corrected form is not.
        var random = new Random(7);
        var (raw, corrected) = (0.0, 0.0);
        for (var run = 0; run < 50; run++)
        {
            var measured = TwoSampleChiSquare.Compare(Draw(random), Draw(random));
            (raw, corrected) = (raw + measured.RawTotalVariation / 50, corrected + measured.TotalVariation / 50);
        }

        Assert.IsGreaterThan(0.07, raw);
        Assert.IsLessThan(0.01, corrected);
    }

    [TestMethod]
    public void False_alarms_keep_to_the_level()
    {
        var random = new Random(3);
        var alarms = Enumerable.Range(0, 1000).Count(_ => TwoSampleChiSquare.Compare(Draw(random), Draw(random)).PValue <= 0.05);
        Assert.IsLessThan(75, alarms);
        Assert.IsGreaterThan(25, alarms);
    }

    [TestMethod]
    public void An_empty_side_proves_nothing() => Assert.AreEqual(1, TwoSampleChiSquare.Compare([5, 3], [0, 0]).PValue);

    private static long[] Draw(Random random)
    {
        var counts = new long[20];
        for (var i = 0; i < 500; i++)
            counts[random.Next(20)]++;
        return counts;
    }
}
