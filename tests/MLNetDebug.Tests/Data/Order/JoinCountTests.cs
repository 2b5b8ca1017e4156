using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class JoinCountTests
{
    [TestMethod]
    [DataRow("AABBBCC")]
    [DataRow("AAAAAAAB")]
    [DataRow("ABCDEFGA")]
    [DataRow("AAABBBBB")]
    public void Mean_and_variance_are_those_of_all_permutations(string labels)
    {
        long[] counts = [.. labels.GroupBy(c => c).Select(g => (long)g.Count())];
        var (expected, variance) = Permutations.Moments(labels.ToCharArray(), Joins);
        var join = JoinCount.Test(counts, 0);
        Assert.AreEqual(expected, join.Expected, 1e-9);
        Assert.AreEqual(variance, join.Variance, 1e-9);
    }

    [TestMethod]
    public void Sorted_labels_have_the_greatest_excess()
    {
        var join = JoinCount.Test([50, 50, 50], 147);
        Assert.IsGreaterThan(0.95, join.Excess);
        Assert.IsLessThan(1e-30, join.PValue);
    }

    [TestMethod]
    public void Two_rare_labels_that_happen_to_meet_are_not_proof()
    {
        // 998 of one class and 2 of the other: they stand together in 2 of 1000 permutations, a z of 18 by the normal tail.
        var join = JoinCount.Test([998, 2], 997);
        Assert.IsGreaterThan(10, join.Z);
        Assert.IsGreaterThan(5e-4, join.PValue);
    }

    [TestMethod]
    public void One_class_and_a_single_row_give_no_test()
    {
        Assert.AreEqual(1, JoinCount.Test([100], 99).PValue);
        Assert.AreEqual(1, JoinCount.Test([1], 0).PValue);
        Assert.AreEqual(1, JoinCount.Test([], 0).PValue);
    }

    private static double Joins(char[] order)
    {
        var joins = 0;
        for (var i = 1; i < order.Length; i++)
            joins += order[i] == order[i - 1] ? 1 : 0;
        return joins;
    }
}
