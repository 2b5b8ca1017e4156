using CsCheck;
using MathNet.Numerics.Distributions;

namespace MLNetDebug.AutoML.Tests.Results;

[TestClass]
public sealed class MetricIntervalTests
{
    [TestMethod]
    [DataRow(2, 12.7062)]
    [DataRow(3, 4.3027)]
    [DataRow(5, 2.7764)]
    [DataRow(10, 2.2622)]
    [DataRow(31, 2.0423)]
    public void Of_HasStudentsQuantiles(int count, double quantile)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        var mean = (count - 1) / 2.0;
        var deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (count - 1));
        var interval = MetricInterval.Of(values)!;
        Assert.AreEqual(mean, interval.Mean, 1e-12);
        Assert.AreEqual(quantile * deviation / Math.Sqrt(count), interval.High - interval.Mean, 1e-4 * deviation);
        Assert.AreEqual(interval.Mean - interval.Low, interval.High - interval.Mean, 1e-9);
        Assert.AreEqual(count, interval.Count);
    }

    [TestMethod]
    public void Of_HoldsTheTruthInNineteenOfTwenty()
    {
        var random = new Random(11);
        const int Draws = 4000;
        var held = Enumerable.Range(0, Draws).Count(_ => MetricInterval.Of(Enumerable.Range(0, 5).Select(_ => Normal.Sample(random, 3, 2)))! is var i && i.Low <= 3 && i.High >= 3);
        Assert.AreEqual(0.95, held / (double)Draws, 0.012);
    }

    [TestMethod]
    public void PValue_IsBelowFivePercentExactlyWhereZeroIsOutside() => Gen.Double[-1, 1].Array[2, 8].Sample(values =>
    {
        if (MetricInterval.Of(values) is not { } interval)
            return;
        if (Math.Abs(interval.PValue - 0.05) > 1e-6)
            Assert.AreEqual(interval.PValue > 0.05, interval.IncludesZero, interval.ToString());
    });

    [TestMethod]
    public void PValue_OfATable()
    {
        // t = 2.776 at 4 degrees of freedom: the mean of 0 to 4 less 2, over its error of sqrt(0.5).
        var shift = 2.7764 * Math.Sqrt(0.5);
        Assert.AreEqual(0.05, MetricInterval.Of(Enumerable.Range(0, 5).Select(i => i - 2 + shift))!.PValue, 1e-4);
    }

    [TestMethod]
    public void Of_EqualRuns_SaysNothingOfNoise()
    {
        Assert.IsNull(MetricInterval.Of([0.25, 0.25, 0.25, double.NaN]));
        Assert.IsNull(MetricInterval.Of([0.0, 0]));
        Assert.IsNotNull(MetricInterval.Of([0.25, 0.25, Math.BitIncrement(0.25)]));
    }

    [TestMethod]
    public void OfPairs_OfTwoThatSeedsDoNotChange_IsNone()
    {
        Assert.IsNull(MetricInterval.OfPairs([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]));
        Assert.IsNull(MetricInterval.OfPairs([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]));
        Assert.IsNull(MetricInterval.OfPairs([0.5, 0.5, 0.7], [0.25, 0.25, double.NaN]), "what is left out does not make an arm vary");
        Assert.AreEqual(0.25, MetricInterval.OfPairs([0.5, 0.5, 0.5], [0.25, 0.2, 0.3])!.Mean, 1e-12);
    }

    [TestMethod]
    public void OfPairs_OfEqualDifferencesOfRunsThatVary_LeavesNoDoubt()
    {
        Assert.AreEqual((0.25, 0.25, 0.0), MetricInterval.OfPairs([0.5, 0.75], [0.25, 0.5]) is { } one ? (one.Low, one.High, one.PValue) : default);
        Assert.AreEqual(1, MetricInterval.OfPairs([0.5, 0.75], [0.5, 0.75])!.PValue);
    }

    [TestMethod]
    public void Of_LeavesOutWhatIsNotFinite()
    {
        Assert.AreEqual(MetricInterval.Of([1.0, 2]), MetricInterval.Of([1, double.NaN, 2, double.PositiveInfinity]));
        Assert.IsNull(MetricInterval.Of([1, double.NaN]));
        Assert.IsNull(MetricInterval.Of([]));
    }

    [TestMethod]
    public void OfPairs_LeavesOutAPairOfWhichOneIsNotFinite()
    {
        Assert.AreEqual(MetricInterval.Of([1.0, 3]), MetricInterval.OfPairs([2, 5, double.NaN, 9], [1, 2, 3, double.NaN]));
        Assert.AreEqual(-2, MetricInterval.OfPairs([0, 1], [2, 3])!.Mean);
    }

    [TestMethod]
    public void Words_AreShort() => Assert.AreEqual("0.963 [0.958, 0.968]", new MetricInterval(0.963, 0.958, 0.96801, 5).ToString());
}
