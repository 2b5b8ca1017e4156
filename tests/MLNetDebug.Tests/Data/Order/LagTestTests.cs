using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class LagTestTests
{
    [TestMethod]
    [DataRow(new[] { 0, 1, 2, 3, 4, 5, 6 })]
    [DataRow(new[] { 0, 1, 2, 5, 6, 9, 12 })]
    public void Moments_are_those_of_all_permutations(int[] positions)
    {
        double[] scores = [-3, -2, -0.5, 0, 0, 1.5, 4];
        var pairs = positions.Zip(positions.Skip(1)).Count(p => p.Second == p.First + 1);
        var chained = Enumerable.Range(1, positions.Length - 2).Count(i => positions[i] == positions[i - 1] + 1 && positions[i + 1] == positions[i] + 1);
        var s2 = scores.Sum(s => s * s);
        var s4 = scores.Sum(s => s * s * s * s);
        var (mean, variance) = Permutations.Moments(scores, order => Sum(order, positions));

        // A sum one standard deviation above the mean must come out as z = 1.
        var test = LagTest.Test(mean + Math.Sqrt(variance), pairs, chained, scores.Length, s2, s4);
        Assert.AreEqual(1, test.Z, 1e-9);
        Assert.AreEqual(0, LagTest.Test(mean, pairs, chained, scores.Length, s2, s4).Z, 1e-9);
    }

    [TestMethod]
    public void Rare_large_scores_that_happen_to_meet_are_not_proof()
    {
        // 3 ones among 1000 zeros, two of them neighbours: 6 of 1000 permutations have that.
        const double N = 1000, P = 0.003;
        double s2 = N * P * (1 - P), s4 = N * (P * Math.Pow(1 - P, 4) + (1 - P) * Math.Pow(P, 4));
        var sum = (1 - P) * (1 - P) - 4 * P * (1 - P) + (N - 6) * P * P;
        var test = LagTest.Test(sum, N - 1, N - 2, N, s2, s4);
        Assert.IsGreaterThan(8, test.Z);
        Assert.IsGreaterThan(1e-3, test.PValue);
    }

    [TestMethod]
    public void Too_few_pairs_and_constant_scores_give_no_test()
    {
        Assert.AreEqual(1, LagTest.Test(1, 2, 1, 100, 10, 10).PValue);
        Assert.AreEqual(1, LagTest.Test(0, 99, 98, 100, 0, 0).PValue);
    }

    private static double Sum(double[] order, int[] positions)
    {
        var sum = 0.0;
        for (var i = 1; i < order.Length; i++)
            sum += positions[i] == positions[i - 1] + 1 ? order[i] * order[i - 1] : 0;
        return sum;
    }
}
