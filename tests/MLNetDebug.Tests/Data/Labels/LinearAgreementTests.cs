using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class LinearAgreementTests
{
    [TestMethod]
    public void Permuted_labels_scatter_as_the_exact_moments_say()
    {
        var (rows, classes) = Data(120, 5);
        var linear = new LinearAgreement(rows, 0.5, CancellationToken.None);
        var near = new NeighbourAgreement(NeighbourGraph.Build(rows, 5, CancellationToken.None), 5);
        var random = new Random(11);
        var draws = Enumerable.Range(0, 2000).Select(_ =>
        {
            random.Shuffle(classes);
            var labels = LabelScores.OfClasses(classes, 3);
            return (Linear: linear.Of(labels), Near: near.Of(labels));
        }).ToArray();
        AssertScatter([.. draws.Select(d => d.Linear)]);
        AssertScatter([.. draws.Select(d => d.Near)]);

        // The chi-square tail is honest where a normal one would not be.
        Assert.AreEqual(0.01, draws.Count(d => d.Linear.UpperPValue <= 0.01) / 2000.0, 0.008);
    }

    [TestMethod]
    public void A_target_made_of_the_features_is_explained()
    {
        var (rows, _) = Data(400, 5);
        float[] target = [.. Enumerable.Range(0, 400).Select(i => rows.Row(i)[0] - 2 * rows.Row(i)[3])];
        var statistic = new LinearAgreement(rows, 0.1, CancellationToken.None).Of(LabelScores.OfTargets(target));
        Assert.IsGreaterThan(0.85, statistic.Excess);
        Assert.IsLessThan(1e-20, statistic.UpperPValue);
    }

    private static void AssertScatter(PermutationStatistic[] draws)
    {
        var mean = draws.Average(d => d.Value);
        var deviation = Math.Sqrt(draws.Average(d => (d.Value - mean) * (d.Value - mean)));
        Assert.AreEqual(draws[0].Expected, mean, 4 * draws[0].Deviation / Math.Sqrt(draws.Length));
        Assert.AreEqual(1, deviation / draws[0].Deviation, 0.08);
    }

    private static (ModelRows Rows, int[] Classes) Data(int count, int width)
    {
        var random = new Random(5);
        var values = new float[count * width];
        for (var c = 0; c < width; c++)
        {
            double[] column = [.. Enumerable.Range(0, count).Select(_ => Profiles.Gauss(random))];
            for (var i = 0; i < count; i++)
                values[i * width + c] = (float)(column[i] - column.Average());
        }

        return (new ModelRows(values, width, [.. Enumerable.Range(0, count)]), [.. Enumerable.Range(0, count).Select(i => i % 3)]);
    }
}
