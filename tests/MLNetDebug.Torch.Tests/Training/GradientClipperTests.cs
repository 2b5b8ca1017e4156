using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Actions;
using MLNetDebug.Torch.Training.Signals;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class GradientClipperTests
{
    [TestMethod]
    public void Clipper_IsIdleUntilItIsAskedAndNeedsAHistory()
    {
        using var bench = new Bench(5);
        var clipper = new GradientClipper(GradientClip.ByNorm);
        Assert.IsNull(clipper.Limit);
        Assert.IsFalse(clipper.Clip(bench.Norm, bench.Parameters));
        Assert.IsFalse(clipper.Begin([1, 2, 3, 4, double.NaN, double.PositiveInfinity], bench.Parameters));
        Assert.IsFalse(clipper.Begin([0, 0, 0, 0, 0, 0], bench.Parameters));
        Assert.IsNull(clipper.Limit);
        Assert.IsTrue(clipper.Begin([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000], bench.Parameters));
        Assert.AreEqual(10, clipper.Limit);
    }

    [TestMethod]
    public void ByNorm_ScalesAllGradientsDownToTheLimit()
    {
        using var bench = new Bench(5);
        var clipper = new GradientClipper(GradientClip.ByNorm);
        clipper.Begin([1, 1, 1, 1, 1], bench.Parameters);
        var before = bench.Gradients();
        Assert.IsTrue(clipper.Clip(bench.Norm, bench.Parameters));
        Assert.AreEqual(1, bench.Total(), 1e-5);
        Assert.IsTrue((before[0] / bench.Norm).allclose(bench.Gradients()[0]));
    }

    [TestMethod]
    public void ByNorm_LeavesSmallerGradientsToTheBit()
    {
        using var bench = new Bench(5);
        var clipper = new GradientClipper(GradientClip.ByNorm);
        clipper.Begin([100, 100, 100, 100, 100], bench.Parameters);
        var before = RunBits.Gradients(bench.Run.Model);
        Assert.IsFalse(clipper.Clip(bench.Norm, bench.Parameters));
        CollectionAssert.AreEqual(before, RunBits.Gradients(bench.Run.Model));
    }

    [TestMethod]
    public void ByValue_ClampsElements()
    {
        using var bench = new Bench(5);
        var clipper = new GradientClipper(GradientClip.ByValue);
        clipper.Begin([0.01, 0.01, 0.01, 0.01, 0.01], bench.Parameters);
        var count = bench.Parameters.Sum(p => p.Parameter.NumberOfElements);
        Assert.AreEqual(0.1 / Math.Sqrt(count), clipper.Limit!.Value, 1e-12);
        Assert.IsTrue(clipper.Clip(bench.Norm, bench.Parameters));
        Assert.AreEqual(clipper.Limit.Value, bench.Gradients().Max(g => g.abs().max().ToDouble()), 1e-7);
    }

    [TestMethod]
    public void Gradients_ThatWereNotReadStay()
    {
        using var bench = new Bench(5, p => p.Name.StartsWith("fc1", StringComparison.Ordinal));
        var clipper = new GradientClipper(GradientClip.ByNorm);
        clipper.Begin([1e-3, 1e-3, 1e-3, 1e-3, 1e-3], bench.Parameters);
        var other = bench.Gradients()[^1];
        Assert.IsTrue(clipper.Clip(bench.Norm, bench.Parameters));
        Assert.IsTrue(other.equal(bench.Gradients()[^1]).all().ToBoolean());
        Assert.IsTrue(bench.Gradients()[0].norm().ToDouble() < 1.1e-3);
    }

    private sealed class Bench : IDisposable
    {
        private readonly DisposeScope _scope = NewDisposeScope();
        private readonly TrainingSignals _signals;

        public Bench(double scale, Func<ParameterWatch, bool>? isRead = null)
        {
            _signals = new TrainingSignals(Run.Model, [Run.Optimizer], 10);
            _signals.Begin([]);
            var loss = Run.Loss(Run.Batches[0]) * scale;
            loss.backward();
            _signals.AfterBackward(loss.ToDouble(), loss, null, isRead);
        }

        public GuardedRun Run { get; } = new();

        public IReadOnlyList<ParameterWatch> Parameters => _signals.Parameters;

        public double Norm => _signals.GradientNorm;

        public Tensor[] Gradients() => [.. Run.Model.parameters().Select(p => p.grad!.clone())];

        public double Total() => Math.Sqrt(Gradients().Sum(g => Math.Pow(g.norm().ToDouble(), 2)));

        public void Dispose()
        {
            _signals.Dispose();
            _scope.Dispose();
            Run.Dispose();
        }
    }
}
