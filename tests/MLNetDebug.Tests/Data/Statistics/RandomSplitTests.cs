using CsCheck;

using MathNet.Numerics.Distributions;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class RandomSplitTests
{
    [TestMethod]
    public void Shares_agree_with_the_hypergeometric_distribution() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((n, m, a, b) =>
        {
            int k1 = (int)(a * n), k2 = (int)(b * m);
            var law = new Hypergeometric(n + m, k1 + k2, m);
            double lower = 0, upper = 0;
            for (var x = Math.Max(0, k1 + k2 - n); x <= Math.Min(m, k1 + k2); x++)
            {
                lower += x <= k2 ? law.Probability(x) : 0;
                upper += x >= k2 ? law.Probability(x) : 0;
            }

            Assert.AreEqual(Math.Min(1, 2 * Math.Min(lower, upper)), RandomSplit.SharesDiffer(k1, n, k2, m), 1e-9);
        });

    // scipy 1.10.1: twice the smaller of hypergeom.sf(k2 - 1, ...) and hypergeom.cdf(k2, ...).
    [TestMethod]
    [DataRow(0, 200, 4, 100, 0.02370815968715)]
    [DataRow(43, 2000, 57, 1000, 1.3232592084596812e-06)]
    [DataRow(500, 20000, 300, 10000, 0.013253529545957649)]
    public void Shares_agree_with_scipy(long k1, long n, long k2, long m, double p)
    {
        Assert.AreEqual(1, RandomSplit.SharesDiffer(k1, n, k2, m) / p, 1e-7);
        Assert.AreEqual(1, RandomSplit.SharesDiffer(k2, m, k1, n) / p, 1e-7);
    }

    [TestMethod]
    public void All_in_the_second_part_is_a_share_of_subsets()
    {
        Assert.AreEqual(1, RandomSplit.AllInSecond(0, 5, 5));
        Assert.AreEqual(0.5, RandomSplit.AllInSecond(1, 5, 5), 1e-12);
        Assert.AreEqual(10.0 / 45, RandomSplit.AllInSecond(2, 5, 5), 1e-12);
        Assert.AreEqual(0, RandomSplit.AllInSecond(6, 5, 5));
        Assert.AreEqual(1, RandomSplit.AllInSecond(1500, 10, 100_000) / Math.Exp(RandomSplit.LogChoose(100_000, 1500) - RandomSplit.LogChoose(100_010, 1500)), 1e-6);
    }

    [TestMethod]
    public void No_rows_prove_nothing() => Assert.AreEqual(1, RandomSplit.SharesDiffer(0, 0, 3, 10));
}
