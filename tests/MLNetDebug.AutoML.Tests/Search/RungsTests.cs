using CsCheck;
using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class RungsTests
{
    private static readonly SweepMetric[] Metrics = [SweepMetric.Accuracy, SweepMetric.Loss];

    private static readonly Gen<double> Value = Gen.Frequency((8, Gen.Double[0, 1]), (1, Gen.OneOfConst(double.NaN, double.PositiveInfinity, double.NegativeInfinity)), (2, Gen.OneOfConst(0.25, 0.5)));

    private static Rungs Of(int epochs, int reduction = 3, int? least = null) => new(new SweepOptions { Metric = SweepMetric.Accuracy, Epochs = epochs, Reduction = reduction, LeastEpochs = least });

    [TestMethod]
    [DataRow(20, 3, null, "2 6")]
    [DataRow(81, 3, 1, "1 3 9 27")]
    [DataRow(1, 3, null, "")]
    [DataRow(2, 2, null, "1")]
    [DataRow(100, 10, null, "11")]
    [DataRow(20, 3, 20, "")]
    [DataRow(1_000_000, 10, 1, "1 10 100 1000 10000 100000")]
    public void Below_GivesTheRungs(int epochs, int reduction, int? least, string expected)
    {
        var rungs = Of(epochs, reduction, least);
        Assert.AreEqual(expected, string.Join(' ', rungs.Below(epochs)));
        Assert.IsTrue(rungs.Below(epochs).All(rungs.IsRung));
        Assert.IsFalse(rungs.IsRung(epochs));
    }

    [TestMethod]
    public void PruneAt_IsTheRuleWrittenOut() => Gen.Select(
        Gen.Int[0, 1], Gen.Int[2, 4], Value.Array[1, 8], Gen.Select(Value.Array[0, 8], Gen.OneOfConst(16, 32, 64, 128, 512), Gen.OneOfConst(TrialKind.Search, TrialKind.Search, TrialKind.Confirmation)).Array[0, 12]).Sample((m, reduction, own, others) =>
    {
        var metric = Metrics[m];
        const int Rung = 3;
        double At(double[] curve)
        {
            double[] finite = [.. curve.Take(Rung).Where(double.IsFinite)];
            return finite.Length == 0 ? double.NaN : metric.IsHigherBetter ? finite.Max() : finite.Min();
        }

        // Of all that have reached the rung, this one too, one in so many goes on: by its place among them, the not finite last.
        double[] reached = [.. others.Where(o => o.Item3 == TrialKind.Search && o.Item2 is >= 8 and <= 32 && o.Item1.Length >= Rung).Select(o => At(o.Item1))];
        var mine = At(own);
        var better = reached.Count(r => double.IsFinite(r) && (double.IsNaN(mine) || (metric.IsHigherBetter ? r > mine : r < mine)));
        var goesOn = better < Math.Max(1, (reached.Length + 1) / reduction);

        var trials = others.Select((o, i) => Trials.Of(i + 1, double.NaN, o.Item3, batch: o.Item2, curve: o.Item1)).ToArray();
        // Itself among the trials of the study is not held against itself.
        var trial = Trials.Of(0, double.NaN, state: TrialState.Running, batch: 16, curve: own);
        var why = Of(20, reduction, Rung).PruneAt(trial, Rung, [trial, .. trials], metric);
        Assert.AreEqual(goesOn, why is null, why);
    }, iter: 2000);

    [TestMethod]
    public void PruneAt_NeverPrunesTheBestOfAll() => Value.Array[1, 20].Sample(values =>
    {
        var trials = values.Select((v, i) => Trials.Of(i, v, curve: [v, v])).ToArray();
        foreach (var metric in Metrics)
        {
            var best = trials.Aggregate((a, b) => metric.IsBetter(b.Metric, a.Metric) ? b : a);
            Assert.IsNull(Of(20).PruneAt(best, 2, trials, metric));
        }
    }, iter: 500);

    [TestMethod]
    public void PruneAt_HoldsATrialAgainstThoseOfALikeBatch()
    {
        TrialRecord[] others = [.. Enumerable.Range(1, 9).Select(i => Trials.Of(i, 0.9, batch: 16, curve: [0.9, 0.9]))];
        Assert.IsNull(Of(20).PruneAt(Trials.Of(0, 0, batch: 512, curve: [0.1, 0.1]), 2, others, SweepMetric.Accuracy));
        var why = Of(20).PruneAt(Trials.Of(0, 0, batch: 32, curve: [0.1, 0.2]), 2, others, SweepMetric.Accuracy);
        StringAssert.Contains(why!, "After 2 of 20 epochs its accuracy is 0.2: 9 of 10 trials of a like batch size stand better there (the best at 0.9), and 3 go on.");
    }

    [TestMethod]
    public void Depth_RisesFromTheFirstEpochToTheLast() => Gen.Int[2, 1000].Sample(epochs =>
    {
        var rungs = Of(epochs);
        Assert.AreEqual((0, 1), (rungs.Depth(1), rungs.Depth(epochs)));
        Assert.IsTrue(Enumerable.Range(1, epochs - 1).All(e => rungs.Depth(e) < rungs.Depth(e + 1)));
    }, iter: 50);

    [TestMethod]
    public void Depth_OfOneEpoch_IsTheWhole() => Assert.AreEqual(1, Of(1).Depth(1));
}
