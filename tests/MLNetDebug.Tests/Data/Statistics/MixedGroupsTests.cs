using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class MixedGroupsTests
{
    [TestMethod]
    public void All_pairs_mixed_is_the_product_of_their_chances()
    {
        var share = 2.0 * 2000 * 1000 / (3000.0 * 2999);
        Assert.AreEqual(1, MixedGroups.PValue(new Dictionary<int, long> { [2] = 50 }, 50, 2000, 1000) / Math.Pow(share, 50), 1e-9);
    }

    [TestMethod]
    public void Bounds_the_share_of_random_splits()
    {
        // 30 groups of 2 and 10 of 3 rows among 300: how often do random splits mix so many?
        var sizes = new Dictionary<int, long> { [2] = 30, [3] = 10 };
        var random = new Random(5);
        var rows = new int[300];
        const int Runs = 4000;
        var reached = new int[41];
        for (var run = 0; run < Runs; run++)
        {
            for (var i = 0; i < rows.Length; i++)
                rows[i] = i < 200 ? 0 : 1;
            random.Shuffle(rows);
            var mixed = 0;
            for (var g = 0; g < 40; g++)
            {
                var (start, size) = g < 30 ? (2 * g, 2) : (60 + 3 * (g - 30), 3);
                var inSecond = rows.AsSpan(start, size).ToArray().Sum();
                mixed += inSecond > 0 && inSecond < size ? 1 : 0;
            }

            for (var k = 0; k <= mixed; k++)
                reached[k]++;
        }

        for (var k = 0; k <= 40; k++)
        {
            var simulated = (double)reached[k] / Runs;
            Assert.IsGreaterThanOrEqualTo(simulated - 3 * Math.Sqrt(simulated / Runs), MixedGroups.PValue(sizes, k, 200, 100), $"{k} groups");
        }

        Assert.IsLessThan(0.02, MixedGroups.PValue(sizes, 30, 200, 100));
    }

    [TestMethod]
    public void No_more_than_expected_proves_nothing() =>
        Assert.AreEqual(1, MixedGroups.PValue(new Dictionary<int, long> { [2] = 10 }, 4, 100, 100));
}
