using CsCheck;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class ObservationsTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Epochs = 20 };

    private static Observations Of(SweepMetric metric, params TrialRecord[] trials) => Observations.Of(trials, new SpaceMap(Options.Space, new Dictionary<int, LearningRateBracket>(), []), new Rungs(Options), metric);

    [TestMethod]
    public void Of_SeesATrialAtEachRungAndAtItsEnd()
    {
        var curve = Enumerable.Range(1, 20).Select(e => e / 20.0).ToArray();
        var seen = Of(SweepMetric.Accuracy, Trials.Of(0, 1, curve: curve), Trials.Of(1, 0.3, state: TrialState.Pruned, curve: curve[..6]));
        double Depth(int epoch) => Math.Log(epoch) / Math.Log(20);
        // What was pruned stands at its rungs, and as the worst that was run whole at the end.
        CollectionAssert.AreEqual(new[] { Depth(2), Depth(6), 1, Depth(2), Depth(6), 1 }, seen.Places.Select(p => p[2]).ToArray());
        Assert.AreEqual(seen.Values[2], seen.Values[5]);
        // More epochs did better, and more of the same rank alike.
        Assert.IsTrue(seen.Values[0] < seen.Values[1] && seen.Values[1] < seen.Values[2] && seen.Values[3] == seen.Values[0] && seen.Values[4] == seen.Values[1]);
    }

    [TestMethod]
    public void Of_PutsDoomedTrialsAtTheBottom_Whole()
    {
        var seen = Of(
            SweepMetric.Accuracy, Trials.Of(0, 0.9), Trials.Of(1, 0.2),
            Trials.Of(2, double.NaN, state: TrialState.Failed, curve: [0.99]), Trials.Of(3, 0.99, state: TrialState.Pruned) with { Findings = [Trials.Doom] });
        Assert.HasCount(4, seen.Places);
        Assert.AreEqual(seen.Values[1], seen.Values[2], 1e-12);
        Assert.AreEqual(seen.Values[1], seen.Values[3], 1e-12);
        Assert.AreEqual(Observations.Whole, seen.Places[3][2]);
    }

    [TestMethod]
    public void Of_BelievesTheMetricOfWhatIsNoBetterThanAConstant()
    {
        var seen = Of(SweepMetric.Accuracy, Trials.Of(0, 0.9), Trials.Of(1, 0.2), Trials.Of(2, 0.1, state: TrialState.Failed));
        Assert.HasCount(3, seen.Places);
        Assert.IsLessThan(seen.Values[1], seen.Values[2]);
    }

    [TestMethod]
    public void Of_KeepsWhatRunsApart()
    {
        var seen = Of(SweepMetric.Accuracy, Trials.Of(0, double.NaN, state: TrialState.Running, curve: [0.5, 0.6]));
        Assert.IsEmpty(seen.Places);
        Assert.HasCount(1, seen.Running);
    }

    [TestMethod]
    public void Thinned_KeepsTheBestHalf_AndEachOnce() => Gen.Select(Gen.Int[0, 60], Gen.Int[1, 40], Gen.Int).Sample((count, most, seed) =>
    {
        var random = new Random(seed);
        var seen = Of(SweepMetric.Accuracy, [.. Enumerable.Range(0, count).Select(i => Trials.Of(i, random.NextDouble(), rate: Math.Pow(10, -4 * random.NextDouble())))]);
        var thinned = seen.Thinned(most, random);
        Assert.HasCount(Math.Min(count, most), thinned.Values);
        Assert.HasCount(thinned.Values.Length, thinned.Places.Distinct().ToArray());
        Assert.IsTrue(thinned.Places.Index().All(p => seen.Values[Array.IndexOf(seen.Places, p.Item)] == thinned.Values[p.Index]));
        CollectionAssert.IsSubsetOf(seen.Values.OrderDescending().Take(Math.Min(count, most) / 2).ToArray(), thinned.Values);
    }, iter: 300);

    [TestMethod]
    public void Values_AreStandardised_AndKeepTheOrder() =>
        Gen.Select(Gen.OneOf(Gen.Double[-1e3, 1e3], Gen.Double[0, 1e-12], Gen.Double[-1e300, 1e300]).Array[2, 20], Gen.Bool).Sample((metrics, isHigher) =>
        {
            var values = Of(new SweepMetric("m", isHigher), [.. metrics.Select((m, i) => Trials.Of(i, m))]).Values;
            Assert.HasCount(metrics.Length, values);
            Assert.IsTrue(values.All(double.IsFinite));
            Assert.AreEqual(0, values.Average(), 1e-9);
            if (metrics.Distinct().Count() > 1)
                Assert.AreEqual(1, Math.Sqrt(values.Sum(v => v * v) / (values.Length - 1)), 1e-6);
            for (var i = 0; i < metrics.Length; i++)
                Assert.IsTrue(metrics.Index().All(o => !(isHigher ? o.Item > metrics[i] : o.Item < metrics[i]) || values[o.Index] >= values[i]));
        });

    [TestMethod]
    [DataRow(new[] { 0.5 })]
    [DataRow(new[] { 0.5, 0.5, 0.5 })]
    [DataRow(new[] { -1.7e308, 1.7e308, 0 })]
    public void Values_WhereNothingSetsThemApart_AreZero(double[] metrics) =>
        Assert.IsTrue(Of(SweepMetric.Accuracy, [.. metrics.Select((m, i) => Trials.Of(i, m))]).Values.All(v => v == 0));

    [TestMethod]
    public void Values_WhereAllAreDoomed_AreZero() =>
        CollectionAssert.AreEqual(new[] { 0.0, 0 }, Of(SweepMetric.Loss, Trials.Of(0, double.NaN, state: TrialState.Failed), Trials.Of(1, 3, state: TrialState.Failed)).Values);
}
