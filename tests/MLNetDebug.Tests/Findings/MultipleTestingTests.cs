using CsCheck;

namespace MLNetDebug.Tests.Findings;

[TestClass]
public sealed class MultipleTestingTests
{
    [TestMethod]
    public void Holm_EqualsItsDefinition() =>
        Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 1e-3], Gen.Const(0.02)).Array[0, 60].Sample(p =>
        {
            var adjusted = MultipleTesting.Holm(p);
            for (var i = 0; i < p.Length; i++)
                Assert.AreEqual(Slow(p, i), adjusted[i], 1e-15);
        });

    [TestMethod]
    public void Holm_OfNoTests_IsEmpty() => Assert.IsEmpty(MultipleTesting.Holm([]));

    [TestMethod]
    public void Holm_OfTheTextbookExample()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        CollectionAssert.AreEqual(expected, MultipleTesting.Holm([0.01, 0.03, 0.04, 0.005]).Select(p => Math.Round(p, 12)).ToArray());
    }

    /// <summary>max over all p_j at most p_i of (number of p at least p_j, ties counted by rank) * p_j, cut at 1.</summary>
    private static double Slow(double[] p, int i)
    {
        var largest = 0.0;
        for (var j = 0; j < p.Length; j++)
        {
            if (p[j] > p[i])
                continue;
            // Of tied values the first in order has the greatest factor.
            largest = Math.Max(largest, Math.Min(1, p.Count(x => x >= p[j]) * p[j]));
        }

        return largest;
    }
}
