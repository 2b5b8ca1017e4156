using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training.Probes;

[TestClass]
public sealed class LearningRateRangeTests
{
    [TestMethod]
    public void Range_OfAParabolaEndsAtTwoOverItsCurvature()
    {
        // Descent on c x^2 / 2 diverges beyond 2 / c.
        foreach (var curvature in new[] { 1.0, 100.0 })
        {
            using var model = new Parabola(curvature);
            using var optimizer = optim.SGD(model.parameters(), 1e-3);
            using var guard = TrainingGuard.Attach(model, optimizer);
            var range = guard.Probe().LearningRateRange([zeros(1)], _ => model.call(null!), new() { From = 1e-6, To = 1000, Steps = 200, Smoothing = 0 });
            Assert.IsTrue(range.Diverges * curvature is > 1.5 and < 6, $"{range.Diverges}");
            Assert.IsTrue(range.Moves < range.Suggested && range.Suggested < range.Diverges, range.Summary);
            Assert.IsTrue(range.Repeats.All(r => r.End != LearningRateCurveEnd.Completed));
        }
    }

    [TestMethod]
    [DataRow("Momentum", 0.003, 1.0)]
    [DataRow("Adam", 0.0003, 0.3)]
    public void Suggested_TrainsWell(string optimizer, double least, double most)
    {
        using var run = new Blobs(optimizer);
        using var guard = run.Attach();
        var range = guard.Probe().LearningRateRange(run.Batches, run.Loss);
        Assert.IsTrue(range.Suggested >= least && range.Suggested <= most, range.Summary);
        Assert.IsTrue(range.SuggestedLow <= range.SuggestedHigh && !(range.Moves >= range.Diverges));
        run.Optimizer.ParamGroups.First().LearningRate = range.Suggested;
        Assert.IsTrue(run.LossAfter(40) < 0.5 * run.First, range.Summary);
    }

    [TestMethod]
    public void Curves_AreThereForEachRepeatAndEndWhereTheLossDoes()
    {
        using var run = new GuardedRun(optimizer: "SGD");
        using var guard = run.Attach();
        var calls = 0;
        var range = guard.Probe().LearningRateRange(run.Batches, b => run.Loss(b) * (++calls % 60 == 0 ? double.NaN : 1), new() { From = 1e-7, To = 1e-2, Steps = 80, Repeats = 2 });
        Assert.AreEqual(2, range.Repeats.Count);
        Assert.IsTrue(range.Repeats.All(r => r is { End: LearningRateCurveEnd.NonFinite, Rates.Count: 59, Losses.Count: 59, Smoothed.Count: 59 }));
        Assert.AreEqual(59, range.Median.Rates.Count);
        Assert.AreEqual(LearningRateCurveEnd.NonFinite, range.Median.End);
        Assert.AreEqual(1e-7, range.Repeats[0].Rates[0], 1e-15);
        Assert.IsTrue(range.Repeats[0].Rates.Zip(range.Repeats[0].Rates.Skip(1), (a, b) => b / a).All(r => Math.Abs(r - Math.Pow(1e5, 1 / 79.0)) < 1e-9));
        Assert.IsTrue(range.Repeats[0].Losses.Concat(range.Repeats[0].Smoothed).All(double.IsFinite));
    }

    [TestMethod]
    public void Seed_MakesItRepeatableAndOrdersDiffer()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach();
        LearningRateRange Of(int seed) => guard.Probe().LearningRateRange(run.Batches, run.Loss, new() { Steps = 30, Repeats = 2, Seed = seed });
        var (one, again, other) = (Of(1), Of(1), Of(2));
        CollectionAssert.AreEqual(one.Repeats[0].Losses.ToArray(), again.Repeats[0].Losses.ToArray());
        CollectionAssert.AreEqual(one.Repeats[1].Losses.ToArray(), again.Repeats[1].Losses.ToArray());
        CollectionAssert.AreNotEqual(one.Repeats[0].Losses.ToArray(), one.Repeats[1].Losses.ToArray());
        CollectionAssert.AreNotEqual(one.Repeats[0].Losses.ToArray(), other.Repeats[0].Losses.ToArray());
    }

    [TestMethod]
    public void Batches_AreAllTakenBeforeOneComesAgain()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var taken = new List<int>();
        guard.Probe().LearningRateRange(Enumerable.Range(0, 12).ToArray(), i =>
        {
            taken.Add(i);
            return run.Loss(run.Batches[i]);
        }, new() { Steps = 36, Repeats = 1, To = 1e-3 });
        Assert.IsTrue(taken.Chunk(12).All(c => c.Distinct().Count() == 12));
        CollectionAssert.AreNotEqual(taken[..12], taken[12..24]);
    }

    [TestMethod]
    public void Loss_ThatDoesNotMoveSuggestsNothing()
    {
        using var run = new GuardedRun(optimizer: "SGD");
        using var guard = run.Attach();
        var range = guard.Probe().LearningRateRange(run.Batches, run.Loss, new() { To = 1e-6 });
        Assert.IsTrue(double.IsNaN(range.Suggested) && double.IsNaN(range.Moves) && double.IsNaN(range.Diverges));
        StringAssert.Contains(range.Summary, "No rate can be suggested");
        StringAssert.Contains(range.Summary, "climbs at no rate up to 1e-6");
    }

    [TestMethod]
    public void Loss_BelowZeroIsReadAsAnyOther()
    {
        using var run = new Blobs("Momentum");
        using var guard = run.Attach();
        var plain = guard.Probe().LearningRateRange(run.Batches, run.Loss, new() { StopAt = 1000 });
        var below = guard.Probe().LearningRateRange(run.Batches, b => run.Loss(b) - 5, new() { StopAt = 1000 });
        Assert.IsTrue(below.Median.Rates.Count > 80);
        Assert.AreEqual(Math.Log10(plain.Suggested), Math.Log10(below.Suggested), 0.2);
    }

    [TestMethod]
    public void Loss_ThatIsNotFiniteFromTheStartSuggestsNothing()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var range = guard.Probe().LearningRateRange([run.Bad], run.Loss);
        Assert.IsTrue(range.Repeats.All(r => r is { Rates.Count: 0, End: LearningRateCurveEnd.NonFinite }));
        Assert.IsTrue(double.IsNaN(range.Suggested) && double.IsNaN(range.Diverges));
        StringAssert.Contains(range.Summary, "not finite at the first rate");
    }

    [TestMethod]
    public void Options_AreCheckedInOneMessage()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var message = Assert.Throws<ArgumentException>(() => guard.Probe().LearningRateRange(run.Batches, run.Loss, new() { From = 2, To = 1, Steps = 5, Repeats = 0, Smoothing = 1, StopAt = 1, Seed = -1 })).Message;
        foreach (var name in new[] { "To must be above From", "Steps", "Repeats", "Smoothing", "StopAt", "Seed" })
            StringAssert.Contains(message, name);
        Assert.Throws<ArgumentException>(() => guard.Probe().LearningRateRange(run.Batches, run.Loss, new() { From = 0 }));
        Assert.Throws<ArgumentException>(() => guard.Probe().LearningRateRange(Array.Empty<(Tensor X, Tensor Y)>(), run.Loss));
        Assert.Throws<ArgumentNullException>(() => guard.Probe().LearningRateRange<Tensor>(null!, _ => null!));
        Assert.Throws<ArgumentNullException>(() => guard.Probe().LearningRateRange(run.Batches, null!));
    }

    [TestMethod]
    public void Optimizer_WhoseStateIsClosedIsRefused()
    {
        using var run = new GuardedRun();
        using var optimizer = optim.LBFGS(run.Model.parameters());
        using var guard = TrainingGuard.Attach(run.Model, optimizer);
        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => guard.Probe().LearningRateRange(run.Batches, run.Loss)).Message, "LBFGS");
    }

    [TestMethod]
    public void Probe_WaitsForTheStepToEnd()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var probe = guard.Probe();
        using (guard.Begin(run.Batches[0].X, run.Batches[0].Y))
            Assert.Throws<InvalidOperationException>(() => probe.LearningRateRange(run.Batches, run.Loss));
        Assert.Throws<InvalidOperationException>(() => guard.Step(run.Batches[0], b =>
        {
            probe.LearningRateRange(run.Batches, run.Loss);
            return run.Loss(b);
        }));
        Assert.IsTrue(probe.LearningRateRange(run.Batches, run.Loss, new() { Steps = 20, Repeats = 1 }).Repeats.Count == 1);
    }

    [TestMethod]
    public void Rates_AtZeroAreScaledByTheFirstThatIsNot()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        run.Optimizer.ParamGroups.First().LearningRate = 0;
        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => guard.Probe().LearningRateRange(run.Batches, run.Loss)).Message, "above 0");
    }

    [TestMethod]
    public void Progress_IsToldOfEachStep()
    {
        var told = new Told();
        using var run = new GuardedRun();
        using var guard = run.Attach();
        guard.Probe().LearningRateRange(run.Batches, run.Loss, new() { Steps = 20, Repeats = 2, To = 1e-3, Progress = told });
        Assert.AreEqual(40, told.All.Count);
        Assert.IsTrue(told.All[^1] is { Repeat: 1, Step: 19, Loss: > 0 });
        Assert.AreEqual(1e-3, told.All[^1].Rate, 1e-9);
    }

    private sealed class Told : IProgress<LearningRateRangeProgress>
    {
        public List<LearningRateRangeProgress> All { get; } = [];

        public void Report(LearningRateRangeProgress value) => All.Add(value);
    }

    private sealed class Parabola : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter at = new(full(1, 3.0));
        private readonly double _curvature;

        public Parabola(double curvature)
            : base(nameof(Parabola))
        {
            _curvature = curvature;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => (at.square() * (_curvature / 2)).sum();
    }

    /// <summary>Three classes that a small network tells apart, with some overlap.</summary>
    private sealed class Blobs : IDisposable
    {
        private readonly DisposeScope _scope = NewDisposeScope();
        private readonly nn.Module<Tensor, Tensor> _model;

        public Blobs(string optimizer)
        {
            random.manual_seed(11);
            _model = Sequential(("fc1", Linear(10, 32)), ("relu", ReLU()), ("fc2", Linear(32, 3)));
            var centres = randn(3, 10) * 1.5;
            Batches = [.. Enumerable.Range(0, 30).Select(_ => randint(3, 32)).Select(y => (centres.index_select(0, y) + randn(32, 10), y))];
            Optimizer = Optimizers.Create(optimizer, _model.parameters());
            First = Mean();
        }

        public (Tensor X, Tensor Y)[] Batches { get; }

        public optim.Optimizer Optimizer { get; }

        public double First { get; }

        public TrainingGuard Attach() => TrainingGuard.Attach(_model, Optimizer);

        public Tensor Loss((Tensor X, Tensor Y) batch) => F.cross_entropy(_model.call(batch.X), batch.Y);

        public double LossAfter(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                Optimizer.zero_grad();
                Loss(Batches[i % Batches.Length]).backward();
                Optimizer.step();
            }

            return Mean();
        }

        public void Dispose()
        {
            Optimizer.Dispose();
            _model.Dispose();
            _scope.Dispose();
        }

        private double Mean() => Batches.Average(b => Loss(b).ToDouble());
    }
}
