using CsCheck;
using MathNet.Numerics.Statistics;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class RobustTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-1e6, 1e6].Array[1, 60];

    [TestMethod]
    public void The_median_is_that_of_the_values_whatever_their_order() => Values.Sample(values =>
    {
        var before = values.ToArray();
        Assert.AreEqual(values.Median(), Robust.Median(values), 1e-9);
        CollectionAssert.AreEqual(before, values, "They are left as they were.");
    }, iter: 500, threads: 1);

    [TestMethod]
    public void The_deviation_is_the_median_distance_on_the_scale_of_normal_values() => Values.Sample(values =>
    {
        var median = values.Median();
        Assert.AreEqual(1.4826 * values.Select(v => Math.Abs(v - median)).Median(), Robust.Deviation(values), 1e-8);
    }, iter: 500, threads: 1);

    [TestMethod]
    public void Of_normal_values_it_is_the_standard_deviation()
    {
        var normal = new MathNet.Numerics.Distributions.Normal(4, 3, new Random(5));
        Assert.AreEqual(3, Robust.Deviation([.. normal.Samples().Take(20_000)]), 0.1);
    }

    [TestMethod]
    public void What_is_not_finite_is_left_out() => Values.Sample(values =>
    {
        double[] spoilt = [double.NaN, .. values.SelectMany(v => new[] { v, double.NegativeInfinity, double.NaN }), double.PositiveInfinity];
        Assert.AreEqual(Robust.Median(values), Robust.Median(spoilt));
        Assert.AreEqual(Robust.Deviation(values), Robust.Deviation(spoilt));
        Assert.AreEqual(Robust.Z(7, values, 1), Robust.Z(7, spoilt, 1));
    }, iter: 200, threads: 1);

    [TestMethod]
    public void A_value_counts_by_its_distance_in_deviations() => Gen.Select(Values, Gen.Double[-1e7, 1e7], Gen.Double[1e-3, 1e6]).Sample((others, value, floor) =>
    {
        var z = Robust.Z(value, others, floor);
        Assert.AreEqual((value - Robust.Median(others)) / Math.Max(floor, Robust.Deviation(others)), z, 1e-9 * Math.Max(1, Math.Abs(z)));
        // In other units it is the same.
        Assert.AreEqual(z, Robust.Z((4 * value) - 8, [.. others.Select(o => (4 * o) - 8)], 4 * floor), 1e-6 * Math.Max(1, Math.Abs(z)));
    }, iter: 500, threads: 1);

    [TestMethod]
    public void Of_nothing_there_is_no_median()
    {
        Assert.AreEqual(double.NaN, Robust.Median([]));
        Assert.AreEqual(double.NaN, Robust.Deviation([double.NaN]));
        Assert.AreEqual(double.NaN, Robust.Z(1, [], 0.1));
        Assert.AreEqual(double.NaN, Robust.Z(double.NaN, [1, 2, 3], 0.1));
        Assert.AreEqual(10, Robust.Z(4, [3, 3, 3], 0.1), 1e-12, "Values alike: the floor counts.");
    }
}
