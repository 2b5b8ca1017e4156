using CsCheck;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class MannKendallTests
{
    [TestMethod]
    [DataRow(new[] { 1.0, 2, 3, 4 }, 1 / 24.0)]
    [DataRow(new[] { 1.0, 2, 4, 3 }, 4 / 24.0)]
    [DataRow(new[] { 4.0, 3, 2, 1 }, 1.0)]
    [DataRow(new[] { 1.0, 1, 1, 1 }, 1.0)]
    [DataRow(new[] { 1.0 }, 1.0)]
    [DataRow(new double[0], 1.0)]
    public void The_chance_of_short_series_is_counted(double[] series, double chance) => Assert.AreEqual(chance, MannKendall.Rising(series), 1e-12);

    [TestMethod]
    public void It_is_the_share_of_all_orders_that_rise_as_much() =>
        Gen.Shuffle(new[] { 1.0, 2, 3, 4, 5, 6 }).Sample(series =>
        {
            var orders = Orders([1, 2, 3, 4, 5, 6]).ToArray();
            Assert.AreEqual(orders.Count(o => Rises(o) >= Rises(series)) / (double)orders.Length, MannKendall.Rising(series), 1e-12);
        }, iter: 50, threads: 1);

    [TestMethod]
    public void Long_series_go_over_into_the_normal_distribution()
    {
        var random = new Random(3);
        double[] series = [.. Enumerable.Range(0, 31).Select(i => i * 0.03 + random.NextDouble())];
        var (shorter, longer) = (MannKendall.Rising(series[..30]), MannKendall.Rising(series));
        Assert.IsLessThan(3, Math.Abs(Math.Log(shorter / longer)));
        Assert.AreEqual(0.5, MannKendall.Rising([.. Enumerable.Range(0, 400).Select(_ => random.NextDouble())]), 0.49);
    }

    private static int Rises(double[] series) => series.Select((a, i) => series[(i + 1)..].Count(b => b > a)).Sum();

    private static IEnumerable<double[]> Orders(double[] of) => of.Length == 0 ? [[]] : of.SelectMany(first => Orders([.. of.Where(o => o != first)]).Select(rest => (double[])[first, .. rest]));
}
