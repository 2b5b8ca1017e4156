using CsCheck;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class PairMatrixSumsTests
{
    private const int Rows = 6;

    [TestMethod]
    public void Moments_are_those_of_all_permutations_of_classes() =>
        Gen.Select(Gen.Double[-1, 1].Array[Rows * Rows], Gen.Int[0, 2].Array[Rows]).Sample((weights, classes) =>
        {
            var counts = Enumerable.Range(0, 3).Select(c => classes.Count(x => x == c)).ToArray();
            AssertMoments(weights, PairMatrixSums.OfEqualClasses(counts), (a, b) => classes[a] == classes[b] ? 1 : 0);
        }, iter: 20);

    [TestMethod]
    public void Moments_are_those_of_all_permutations_of_scores() =>
        Gen.Select(Gen.Double[-1, 1].Array[Rows * Rows], Gen.Double[-2, 2].Array[Rows]).Sample((weights, raw) =>
        {
            double[] scores = [.. raw.Select(r => r - raw.Average())];
            AssertMoments(weights, PairMatrixSums.OfProducts(scores), (a, b) => scores[a] * scores[b]);
        }, iter: 20);

    private static void AssertMoments(double[] weights, PairMatrixSums labels, Func<int, int, double> similarity)
    {
        double W(int a, int b) => a == b ? 0 : weights[a * Rows + b];
        double s0 = 0, s1 = 0, s2 = 0;
        for (var a = 0; a < Rows; a++)
        {
            double line = 0;
            for (var b = 0; b < Rows; b++)
            {
                s0 += W(a, b);
                s1 += (W(a, b) + W(b, a)) * (W(a, b) + W(b, a)) / 2;
                line += W(a, b) + W(b, a);
            }

            s2 += line * line;
        }

        var all = Permutations([.. Enumerable.Range(0, Rows)], 0)
            .Select(p => Enumerable.Range(0, Rows * Rows).Sum(i => W(i / Rows, i % Rows) * (i / Rows == i % Rows ? 0 : similarity(p[i / Rows], p[i % Rows]))))
            .ToArray();
        var mean = all.Average();
        var (mantelMean, variance) = PairMatrixSums.Moments(new PairMatrixSums(s0, s1, s2), labels, Rows);
        Assert.AreEqual(mean, mantelMean, 1e-9);
        Assert.AreEqual(all.Average(v => (v - mean) * (v - mean)), variance, 1e-8);
    }

    private static IEnumerable<int[]> Permutations(int[] items, int from)
    {
        if (from == items.Length)
        {
            yield return [.. items];
            yield break;
        }

        for (var i = from; i < items.Length; i++)
        {
            (items[from], items[i]) = (items[i], items[from]);
            foreach (var p in Permutations(items, from + 1))
                yield return p;
            (items[from], items[i]) = (items[i], items[from]);
        }
    }
}
