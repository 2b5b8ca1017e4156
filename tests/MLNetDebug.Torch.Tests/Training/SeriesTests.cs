using CsCheck;
using MathNet.Numerics.Statistics;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class SeriesTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-1e3, 1e3].Array[4, 80];

    [TestMethod]
    public void The_slope_is_that_of_the_least_squares_line() => Values.Sample(y =>
    {
        double[] x = [.. y.Select((_, i) => (double)i)];
        var (slope, t) = Series.Slope(y);
        Assert.AreEqual(MathNet.Numerics.Fit.Line(x, y).B, slope, 1e-8);
        // The t of a slope is that of the correlation.
        var r = Correlation.Pearson(x, y);
        Assert.AreEqual(r * Math.Sqrt((y.Length - 2) / (1 - (r * r))), t, 1e-6 * Math.Max(1, Math.Abs(t)));
    }, iter: 500, threads: 1);

    [TestMethod]
    public void Lines_constants_and_short_series_have_their_own_slope()
    {
        var (slope, t) = Series.Slope([1, 2, 3, 4, 5]);
        Assert.AreEqual(1, slope, 1e-12);
        Assert.AreEqual(double.PositiveInfinity, t);
        Assert.AreEqual((0.0, 0.0), Series.Slope([3, 3, 3, 3]));
        Assert.AreEqual((double.NaN, double.NaN), Series.Slope([1, 2]));
        Assert.AreEqual((double.NaN, double.NaN), Series.Slope([1, double.NaN, 2, double.PositiveInfinity]));
        Assert.AreEqual(1, Series.Slope([1, 2, 3]).PerStep, 1e-12);
    }

    [TestMethod]
    public void The_correlation_of_changes_is_their_first_autocorrelation() => Values.Sample(y =>
    {
        double[] changes = [.. Enumerable.Range(1, y.Length - 1).Select(i => y[i] - y[i - 1])];
        Assert.AreEqual(Correlation.Auto(changes, 1, 1)[0], Series.ChangeCorrelation(y), 1e-9);
    }, iter: 500, threads: 1);

    [TestMethod]
    public void It_tells_a_zig_zag_from_noise_and_from_a_drift()
    {
        var random = new Random(2);
        double[] noise = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        Assert.AreEqual(-0.5, Series.ChangeCorrelation(noise), 0.02);
        Assert.IsLessThan(-0.95, Series.ChangeCorrelation([.. Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? 1.0 : 3)]));
        var sum = 0.0;
        Assert.AreEqual(0, Series.ChangeCorrelation([.. noise.Select(n => sum += n - 0.5)]), 0.05);
        Assert.AreEqual(0, Series.ChangeCorrelation([1, 2, 3, 4]), "Every change is alike.");
        Assert.AreEqual(double.NaN, Series.ChangeCorrelation([1, 2, 3]));
        Assert.AreEqual(double.NaN, Series.ChangeCorrelation([1, 2, 3, double.NaN]));
    }

    [TestMethod]
    public void Parts_are_means_of_equal_parts_of_the_newest() => Gen.Select(Gen.Double[-1e3, 1e3].Array[1, 80], Gen.Int[1, 8]).Sample((y, parts) =>
    {
        var size = Math.Max(1, y.Length / parts);
        var count = Math.Min(parts, y.Length);
        var means = Series.Parts(y, parts);
        Assert.HasCount(count, means);
        for (var part = 0; part < count; part++)
            Assert.AreEqual(y.Skip(y.Length - ((count - part) * size)).Take(size).Mean(), means[part], 1e-9);
    }, iter: 500, threads: 1);

    [TestMethod]
    public void What_is_not_finite_is_left_out_and_its_neighbours_close_up() => Values.Sample(y =>
    {
        double[] spoilt = [double.PositiveInfinity, .. y.SelectMany(v => new[] { v, double.NaN })];
        Assert.AreEqual(Series.Slope(y), Series.Slope(spoilt));
        Assert.AreEqual(Series.ChangeCorrelation(y), Series.ChangeCorrelation(spoilt));
        CollectionAssert.AreEqual(Series.Parts(y, 3), Series.Parts(spoilt, 3));
    }, iter: 100, threads: 1);

    [TestMethod]
    public void Of_nothing_there_are_no_parts() => Assert.IsEmpty(Series.Parts([double.NaN], 4));
}
