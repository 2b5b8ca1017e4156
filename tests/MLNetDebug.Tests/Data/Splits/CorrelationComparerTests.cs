using MathNet.Numerics.Statistics;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Splits;

[TestClass]
public sealed class CorrelationComparerTests
{
    [TestMethod]
    public void Correlations_are_Spearmans()
    {
        float[] a = [.. Sampled.Normal(200, 1).Select(v => MathF.Round(v, 1) + 0f)], b = [.. Sampled.Normal(200, 2).Zip(a, (x, y) => x + y)];
        float[] c = Sampled.Normal(150, 3), d = [.. Sampled.Normal(150, 4).Zip(c, (x, y) => x - 2 * y)];
        var change = Sampled.Compare(Sampled.Split.Numbers("x", a).Numbers("y", b), Sampled.Split.Numbers("x", c).Numbers("y", d)).Correlations!.Changes.Single();
        Assert.AreEqual(Spearman(a, b), change.Train, 1e-5);
        Assert.AreEqual(Spearman(c, d), change.Test, 1e-5);
        Assert.AreEqual("x / y", $"{change.First} / {change.Second}");
    }

    [TestMethod]
    public void Columns_that_hardly_vary_take_no_part()
    {
        float[] rare = [.. Enumerable.Range(0, 500).Select(i => i < 10 ? 1f : 0f)];
        var split = Sampled.Split.Numbers("rare", rare).Numbers("a", Sampled.Normal(500, 1)).Numbers("b", Sampled.Normal(500, 2));
        Assert.AreEqual(2, Sampled.Compare(split, split).Correlations!.Columns);
    }

    [TestMethod]
    public void Columns_beyond_the_cap_are_counted()
    {
        var split = Sampled.Split;
        for (var i = 0; i < 65; i++)
            split.Numbers($"c{i}", Sampled.Normal(60, i));
        var pairs = Sampled.Compare(split, split).Correlations!;
        Assert.AreEqual(5, pairs.LeftOut);
        Assert.AreEqual(1770, pairs.Pairs);
        Assert.IsEmpty(pairs.Changes);
    }

    [TestMethod]
    public void Few_rows_give_none() =>
        Assert.IsNull(Sampled.Compare(Sampled.Split.Numbers("a", [1, 2, 3]).Numbers("b", [1, 3, 2]), Sampled.Split.Numbers("a", [1, 2]).Numbers("b", [2, 1])).Correlations);

    private static double Spearman(float[] x, float[] y) => Correlation.Spearman(x.Select(v => (double)v), y.Select(v => (double)v));
}
