using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class TorchLearningRateProbeTests
{
    private static readonly TorchNetwork Slope = new("sweep-slope", (shape, outputs) => Linear(shape[0], outputs, hasBias: false));

    [TestMethod]
    [DataRow(1.0, 0.0)]
    [DataRow(3.0, 0.0)]
    [DataRow(3.0, 0.9)]
    public void Bracket_OfAParabolaContainsItsBoundary(double scale, double momentum)
    {
        // Of the mean squared error of one slope the curvature is 2 x^2; descent diverges beyond 2 (1 + momentum) over it.
        var options = new TorchTrainerOptions { Optimizer = TorchOptimizer.Sgd, Momentum = momentum };
        var rows = Tables.ML.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? scale : -scale) is var x ? new Row { Features = [(float)x], Label = (float)(2 * x) } : null!));
        using var sweep = new TorchSweep(Tables.ML.Regression.Trainers.Torch(Slope, options), rows, rows, null, new SweepOptions { Metric = SweepMetric.Loss });
        var bracket = sweep.Probe.Probe(Request(16), CancellationToken.None);
        var boundary = (1 + momentum) / (scale * scale);
        Assert.IsTrue(bracket.DivergesLow <= boundary && boundary <= bracket.DivergesHigh, $"{bracket.DivergesLow} to {bracket.DivergesHigh} without {boundary}");
        Assert.IsLessThan(1.5, Math.Log10(bracket.DivergesHigh / bracket.DivergesLow));
        Assert.IsTrue(bracket.Moves < boundary && bracket.Suggested <= bracket.DivergesLow);
        Assert.AreEqual(bracket.Rates.Count, bracket.Losses.Count);
        Assert.IsTrue(bracket.Steps is > 60 and < 500, $"{bracket.Steps}");
    }

    [TestMethod]
    public void Suggested_TrainsWell()
    {
        using var sweep = Classes();
        var bracket = sweep.Probe.Probe(Request(32), CancellationToken.None);
        var trained = TrialRun.Multiclass(new() { LearningRate = bracket.Suggested, BatchSize = 32, Epochs = 5 }).Fit(Tables.Classes(), Tables.Classes(300, seed: 2));
        Assert.IsTrue(trained.Training!.Epochs[^1].Validation!.Loss < 0.5 * Math.Log(3), $"{bracket.Suggested}");
    }

    [TestMethod]
    public void Labels_ThatCannotBeLearnedHaveABracketToo()
    {
        var random = new Random(1);
        var noise = Tables.Keyed(Tables.Draw(600, 1).Select(r => new Tables.ClassRow { Features = r.Features, Class = random.Next(3) }));
        using var sweep = new TorchSweep(TrialRun.Multiclass(), noise, noise, null, new SweepOptions { Metric = SweepMetric.Accuracy });
        var bracket = sweep.Probe.Probe(Request(32), CancellationToken.None);
        Assert.IsTrue(bracket.DivergesLow > 1e-3 && bracket.DivergesHigh < 30, $"{bracket}");
        Assert.IsTrue(bracket.Suggested <= bracket.DivergesLow, $"{bracket}");
    }

    [TestMethod]
    public void Probe_RepeatsToTheBitAndLeavesTheRandomState()
    {
        using var sweep = Classes();
        random.manual_seed(5);
        using var before = random.get_rng_state();
        var first = sweep.Probe.Probe(Request(32, seed: 3), CancellationToken.None);
        using var after = random.get_rng_state();
        Assert.IsTrue(before.bytes.SequenceEqual(after.bytes));
        var second = sweep.Probe.Probe(Request(32, seed: 3), CancellationToken.None);
        CollectionAssert.AreEqual(first.Losses.ToArray(), second.Losses.ToArray());
        Assert.AreEqual(first with { Rates = [], Losses = [] }, second with { Rates = [], Losses = [] });
        var other = sweep.Probe.Probe(Request(32, seed: 4), CancellationToken.None);
        CollectionAssert.AreNotEqual(first.Losses.ToArray(), other.Losses.ToArray());
    }

    [TestMethod]
    public void Rates_ThatAllHoldOrAllDivergeLeaveAnEndOpen()
    {
        using var sweep = Classes();
        var calm = sweep.Probe.Probe(Request(32) with { High = 1e-4 }, CancellationToken.None);
        Assert.IsTrue(double.IsPositiveInfinity(calm.DivergesHigh) && calm.DivergesLow <= 1e-4, $"{calm}");
        var wild = sweep.Probe.Probe(Request(32) with { Low = 50, High = 1000 }, CancellationToken.None);
        Assert.IsTrue(double.IsNaN(wild.DivergesLow) && double.IsFinite(wild.DivergesHigh), $"{wild}");
    }

    [TestMethod]
    public void Loss_ThatIsNeverFiniteHasNoRate()
    {
        using var sweep = Classes(new() { Loss = (output, target) => functional.cross_entropy(output, target) * double.NaN });
        var bracket = sweep.Probe.Probe(Request(32), CancellationToken.None);
        Assert.IsTrue(double.IsNaN(bracket.Suggested) && double.IsNaN(bracket.Moves) && double.IsNaN(bracket.DivergesLow));
    }

    [TestMethod]
    public void BadRatesAndCancellation_AreToldAndLeaveTheNextProbeItsTurn()
    {
        using var sweep = Classes();
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => sweep.Probe.Probe(Request(32) with { Low = 1, High = 1 }, CancellationToken.None)).Message, "0 < lowest < highest");
        Assert.Throws<OperationCanceledException>(() => sweep.Probe.Probe(Request(32), new CancellationToken(true)));
        var misfit = new TorchNetwork("sweep-misfit", (_, outputs) => Linear(99, outputs));
        using var wrong = new TorchSweep(Tables.ML.MulticlassClassification.Trainers.Torch(misfit), Tables.Classes(), Tables.Classes(), null, new SweepOptions { Metric = SweepMetric.Loss });
        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => wrong.Probe.Probe(Request(32), CancellationToken.None)).Message, "cannot read rows");
        Assert.IsTrue(sweep.Probe.Probe(Request(512), CancellationToken.None).Steps > 0);
    }

    private static TorchSweep Classes(TorchTrainerOptions? options = null) =>
        new(TrialRun.Multiclass(options), Tables.Classes(), Tables.Classes(300, seed: 2), null, new SweepOptions { Metric = SweepMetric.Accuracy });

    private static LearningRateProbeRequest Request(int batch, int seed = 1) => new(new TrialParameters([new(TrialParameters.BatchSizeName, batch)]), 1e-5, 10, seed);

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
