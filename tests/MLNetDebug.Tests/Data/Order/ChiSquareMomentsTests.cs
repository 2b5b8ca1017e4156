using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class ChiSquareMomentsTests
{
    [TestMethod]
    [DataRow("AABBBCC", new[] { 3, 4 })]
    [DataRow("AAAAAABB", new[] { 2, 2, 2, 2 })]
    [DataRow("ABCDAABC", new[] { 1, 2, 5 })]
    public void Variance_is_that_of_all_permutations(string labels, int[] groups)
    {
        var classes = labels.GroupBy(c => c).ToDictionary(g => g.Key, g => (double)g.Count());
        double n = labels.Length;
        var (mean, variance) = Permutations.Moments(labels.ToCharArray(), order => ChiSquare(order, groups, classes));
        Assert.AreEqual((groups.Length - 1) * (classes.Count - 1), mean, 1e-9);
        var computed = ChiSquareMoments.Variance(n, groups.Length, groups.Sum(g => 1.0 / g), classes.Count, classes.Values.Sum(c => 1 / c));
        Assert.AreEqual(variance, computed, 1e-9);
    }

    [TestMethod]
    public void Scores_enter_through_their_kurtosis()
    {
        double[] scores = [0.3, -1, 2.5, 4, 4, -3, 0];
        int[] groups = [2, 2, 3];
        double n = scores.Length;
        var mean = scores.Average();
        var centred = scores.Select(s => s - mean).ToArray();
        var s2 = centred.Sum(s => s * s);
        var kurtosis = n * centred.Sum(s => s * s * s * s) / (s2 * s2);
        var (h, variance) = Permutations.Moments(centred, order =>
        {
            var (between, at) = (0.0, 0);
            foreach (var size in groups)
            {
                var sum = order.Skip(at).Take(size).Sum();
                between += sum * sum / size;
                at += size;
            }

            return (n - 1) * between / s2;
        });
        Assert.AreEqual(groups.Length - 1, h, 1e-9);
        Assert.AreEqual(variance, ChiSquareMoments.VarianceOfScores(n, groups.Length, groups.Sum(g => 1.0 / g), kurtosis), 1e-9);
    }

    private static double ChiSquare(char[] order, int[] groups, Dictionary<char, double> classes)
    {
        double sum = 0, n = order.Length;
        var at = 0;
        foreach (var size in groups)
        {
            foreach (var (label, count) in classes)
            {
                var expected = size * count / n;
                var off = order.AsSpan(at, size).Count(label) - expected;
                sum += off * off / expected;
            }

            at += size;
        }

        return sum * (n - 1) / n;
    }
}
