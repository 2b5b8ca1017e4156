using System.Numerics;
using CsCheck;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class MannKendallTests
{
    private static readonly List<BigInteger[]> Counts = CountsUpTo(45);

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
    public void Up_to_thirty_values_it_is_counted_and_beyond_close_to_it() => Gen.Select(Gen.Int[2, 45], Gen.Double[-0.2, 0.2], Gen.Int[0, 10_000]).Sample((n, drift, seed) =>
    {
        var random = new Random(seed);
        double[] series = [.. Enumerable.Range(0, n).Select(i => (drift * i) + random.NextDouble())];
        var counts = Counts[n];
        var exact = (double)counts[Rises(series)..].Aggregate(BigInteger.Add) / (double)counts.Aggregate(BigInteger.Add);
        Assert.AreEqual(exact, MannKendall.Rising(series), n <= 30 ? 1e-12 : 0.002);
    }, iter: 300, threads: 1);

    [TestMethod]
    public void Equal_values_count_as_falling() => Gen.Int[0, 4].Array[2, 40].Sample(values =>
    {
        // Of equal values the later ones are made the smaller ones.
        double[] broken = [.. values.Select((v, i) => v - (i * 1e-3))];
        Assert.AreEqual(MannKendall.Rising(broken), MannKendall.Rising([.. values.Select(v => (double)v)]), 1e-12);
    }, iter: 200, threads: 1);

    private static int Rises(double[] series) => series.Select((a, i) => series[(i + 1)..].Count(b => b > a)).Sum();

    /// <summary>How many orders of up to so many values have how many rising pairs: a value put into an order of k others makes 0 to k more.</summary>
    private static List<BigInteger[]> CountsUpTo(int most)
    {
        List<BigInteger[]> all = [[], [1]];
        for (var k = 1; k < most; k++)
        {
            var before = all[k];
            var counts = new BigInteger[before.Length + k];
            for (var pairs = 0; pairs < counts.Length; pairs++)
            {
                for (var more = Math.Max(0, pairs - before.Length + 1); more <= Math.Min(k, pairs); more++)
                    counts[pairs] += before[pairs - more];
            }

            all.Add(counts);
        }

        return all;
    }

    private static IEnumerable<double[]> Orders(double[] of) => of.Length == 0 ? [[]] : of.SelectMany(first => Orders([.. of.Where(o => o != first)]).Select(rest => (double[])[first, .. rest]));
}
