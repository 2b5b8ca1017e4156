using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class RankShiftTests
{
    // scipy 1.10.1: mannwhitneyu(x, y, use_continuity=False, method='asymptotic') and, for the spread, norm.sf of the distances'
    // sum by its permutation mean and variance (numpy over rankdata).
    [TestMethod]
    [DataRow(40, 25, 0.5, 1.0, 0.02053607803969878, 0.7997508638111701)]
    [DataRow(300, 200, 0.1, 0.7, 0.1707318531841907, 3.5679917557171426e-13)]
    public void Agrees_with_scipy(int n, int m, double offset, double scale, double location, double spread)
    {
        double[] x = [.. Enumerable.Range(1, n).Select(i => Math.Round(Math.Sin(i), 1)).Order()];
        double[] y = [.. Enumerable.Range(1, m).Select(i => Math.Round(scale * Math.Sin(1.7 * i) + offset, 1)).Order()];
        var ranks = RankShift.Measure(x, y);
        Assert.AreEqual(1, ranks.Location / location, 1e-9);
        Assert.AreEqual(1, ranks.Spread / spread, 1e-9);
    }

    [TestMethod]
    public void One_value_and_no_values_prove_nothing()
    {
        Assert.AreEqual(new RankShift(1, 1), RankShift.Measure([2, 2], [2]));
        Assert.AreEqual(new RankShift(1, 1), RankShift.Measure([], [2]));
    }
}
