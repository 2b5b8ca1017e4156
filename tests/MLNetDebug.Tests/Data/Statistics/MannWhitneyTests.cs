using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class MannWhitneyTests
{
    [TestMethod]
    public void Agrees_with_scipy()
    {
        // scipy 1.10.1: mannwhitneyu(y, x, alternative='greater', use_continuity=False) of x = sin(i), y = sin(1.7 i) + 0.5.
        double[] x = [.. Enumerable.Range(1, 40).Select(i => Math.Sin(i))], y = [.. Enumerable.Range(1, 25).Select(i => Math.Sin(1.7 * i) + 0.5)];
        var ranks = MannWhitney.Compare(x, y);
        Assert.AreEqual(0.676, ranks.Auc, 1e-12);
        Assert.AreEqual(0.008817749631846164, ranks.PValue, 1e-12);
    }

    [TestMethod]
    public void Ties_count_half()
    {
        Assert.AreEqual(0.75, MannWhitney.Compare([1, 2], [2, 2]).Auc, 1e-12);
        Assert.AreEqual(1, MannWhitney.Compare([3, 3], [3, 3]).PValue);
        Assert.AreEqual(0.5, MannWhitney.Compare([3, 3], [3, 3]).Auc);
        Assert.AreEqual(1, MannWhitney.Compare([], [3]).PValue);
    }
}
