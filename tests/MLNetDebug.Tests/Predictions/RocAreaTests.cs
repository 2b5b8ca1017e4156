using CsCheck;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions;

[TestClass]
public sealed class RocAreaTests
{
    [TestMethod]
    public void All_pairs_give_the_same_area_and_DeLongs_variance() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[2, 60], Gen.Int[1, 30], Gen.Int[0, 10_000]).Sample((m, n, distinct, seed) =>
        {
            var random = new Random(seed);
            float[] positives = [.. Enumerable.Range(0, m).Select(_ => (float)random.Next(distinct) + (random.Next(2) == 0 ? 1 : 0))];
            float[] negatives = [.. Enumerable.Range(0, n).Select(_ => (float)random.Next(distinct))];
            var roc = RocArea.Of([.. positives, .. negatives], [.. positives.Select(_ => true), .. negatives.Select(_ => false)])!.Value;

            double[] below = [.. positives.Select(p => negatives.Average(q => Above(p, q)))];
            double[] above = [.. negatives.Select(q => positives.Average(p => Above(p, q)))];
            Assert.AreEqual(below.Average(), roc.Area, 1e-12);
            var delong = Variance(below) / m + Variance(above) / n;
            Assert.IsTrue(roc.StandardError >= Math.Sqrt(delong) - 1e-12);
            var ties = positives.Concat(negatives).GroupBy(v => v).Sum(g => Math.Pow(g.Count(), 3) - g.Count());
            double total = m + n;
            var ofNothing = (total + 1 - ties / (total * (total - 1))) / (12 * m * n);
            Assert.AreEqual(Math.Sqrt(Math.Max(delong, ofNothing)), roc.StandardError, 1e-9);
        }, iter: 200, threads: 1);

    [TestMethod]
    public void One_side_alone_has_no_area()
    {
        Assert.IsNull(RocArea.Of([1, 2], [true, true]));
        Assert.IsNull(RocArea.Of([1, 2], [false, false]));
        Assert.IsNull(RocArea.Of([], []));
    }

    [TestMethod]
    public void A_faultless_ranking_of_few_rows_is_not_certain()
    {
        var roc = RocArea.Of([1, 2, 3, 4], [false, false, true, true])!.Value;
        Assert.AreEqual(1, roc.Area);
        Assert.IsGreaterThan(0.3, roc.StandardError);
    }

    [TestMethod]
    public void The_interval_holds_the_true_area_of_useless_scores()
    {
        var missed = Enumerable.Range(0, 2000).Count(seed =>
        {
            var random = new Random(seed);
            bool[] positive = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() < 0.2)];
            var roc = RocArea.Of([.. positive.Select(_ => (float)random.NextDouble())], positive)!.Value;
            return Math.Abs(roc.Area - 0.5) > 3.29 * roc.StandardError;
        });
        Assert.IsLessThanOrEqualTo(8, missed);
    }

    private static double Above(float p, float q) => p > q ? 1 : p == q ? 0.5 : 0;

    private static double Variance(double[] values) => values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1);
}
