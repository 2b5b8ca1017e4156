using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Data;

namespace MLNetDebug.Tests.Predictions;

[TestClass]
public sealed class ErrorGapTests
{
    [TestMethod]
    public void Accuracies_are_compared_as_two_proportions()
    {
        var gap = ErrorGap.Of(Gaps.Accuracy(900, 800), Gaps.Accuracy(600, 480))!;
        const double pooled = 1280 / 1500.0;
        var error = Math.Sqrt(pooled * (1 - pooled) * (1 / 900.0 + 1 / 600.0));
        Assert.AreEqual(800 / 900.0 - 0.8, gap.Size, 1e-12);
        Assert.AreEqual(gap.Size / error, gap.Statistic, 1e-12);
        Assert.AreEqual(1 - Normal.CDF(0, 1, gap.Statistic), gap.PValue, 1e-12);
        Assert.AreEqual(600, gap.SmallerRows);
        // The gap that would show at the level of its own p-value is the gap itself.
        Assert.AreEqual(gap.Size, gap.Resolution(gap.PValue), 1e-9);
    }

    [TestMethod]
    public void Squared_errors_are_compared_as_Welch_has_it()
    {
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, 80).Select(_ => Math.Pow(Profiles.Gauss(random), 2))], b = [.. Enumerable.Range(0, 50).Select(_ => Math.Pow(1.5 * Profiles.Gauss(random), 2))];
        var gap = ErrorGap.Of(Targets(a), Targets(b))!;
        double va = a.Variance() / 80, vb = b.Variance() / 50;
        var t = (b.Mean() - a.Mean()) / Math.Sqrt(va + vb);
        var freedom = Math.Pow(va + vb, 2) / (va * va / 79 + vb * vb / 49);
        Assert.AreEqual(t, gap.Statistic, 1e-3);
        Assert.AreEqual(1 - StudentT.CDF(0, 1, freedom, t), gap.PValue, 1e-3);
        Assert.AreEqual(b.Mean() / a.Mean() - 1, gap.Size, 1e-3);
    }

    [TestMethod]
    public void Equal_chances_seldom_pass_three_standard_errors()
    {
        var passed = Enumerable.Range(0, 4000).Count(seed =>
        {
            var random = new Random(seed);
            int Right(int rows) => Enumerable.Range(0, rows).Count(_ => random.NextDouble() < 0.8);
            return ErrorGap.Of(Gaps.Accuracy(300, Right(300)), Gaps.Accuracy(200, Right(200)))!.Statistic > 3;
        });
        Assert.IsLessThanOrEqualTo(14, passed);
    }

    [TestMethod]
    public void Without_rows_spread_or_measure_there_is_no_gap()
    {
        Assert.IsNull(ErrorGap.Of(Gaps.Accuracy(1, 1), Gaps.Accuracy(10, 5)));
        Assert.AreEqual(0, ErrorGap.Of(Gaps.Accuracy(10, 10), Gaps.Accuracy(10, 10))!.Statistic);
        Assert.IsNull(ErrorGap.Of(Scored.Profile(Scored.Targets([1, 2], [1, 2]), Scored.Regression, LearningTask.Ranking), Scored.Profile(Scored.Targets([1, 2], [1, 2]), Scored.Regression, LearningTask.Ranking)));
        var exact = ErrorGap.Of(Targets([0, 0, 0]), Targets([0, 0, 0]))!;
        Assert.AreEqual((0.0, 0.0), (exact.Size, exact.Statistic));
    }

    private static PredictionProfile Targets(double[] squares) =>
        Scored.Profile(Scored.Targets([.. squares.Select(s => (float)Math.Sqrt(s))], new float[squares.Length]), Scored.Regression, LearningTask.Regression);
}
