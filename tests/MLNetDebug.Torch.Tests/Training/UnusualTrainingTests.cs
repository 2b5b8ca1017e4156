using MLNetDebug.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Networks and optimizers off the beaten track: the guard neither fails nor changes them.</summary>
[TestClass]
public sealed class UnusualTrainingTests
{
    [TestMethod]
    public void Network_WithoutParametersIsWatched()
    {
        using var model = Sequential(("flat", Flatten()), ("relu", ReLU()));
        using var scale = new Parameter(ones(4));
        using var optimizer = optim.SGD([scale], 0.1);
        using var guard = TrainingGuard.Attach(model, optimizer, new() { SampleEvery = 1, JudgeEvery = 1, Policy = TrainingPolicy.Mend });
        using var x = rand(8, 4);
        for (var i = 0; i < 5; i++)
            Assert.IsTrue(guard.Step(x, b => (model.call(b) * scale).square().mean()).IsTaken);
        Assert.IsTrue(scale[0].ToDouble() < 1);
        Assert.AreEqual(0, guard.Window.Parameters.Count);
        Assert.IsFalse(guard.Step(x, b => (model.call(b) * scale).log().mean() * double.NaN).IsTaken);
        // What no module holds goes back with the optimizer's state.
        Assert.IsTrue(guard.Step(x, b => (model.call(b) * scale).log().mean() * double.NaN).RolledBack);
        Assert.AreEqual(1, scale[0].ToDouble());
        guard.EndEpoch();
    }

    [TestMethod]
    [DataRow("frozen")]
    [DataRow("tied")]
    [DataRow("sparse")]
    public void Training_EndsInTheSameBits(string kind)
    {
        foreach (var policy in Enum.GetValues<TrainingPolicy>())
            CollectionAssert.AreEqual(Train(kind, null), Train(kind, new() { Policy = policy, SampleEvery = 2, JudgeEvery = 3, SnapshotEvery = 4 }), policy.ToString());
    }

    [TestMethod]
    public void Parameters_ThatShareMemoryAreOne()
    {
        using var net = new Odd("tied");
        using var optimizer = optim.SGD(net.parameters(), 0.1);
        using var guard = TrainingGuard.Attach(net, optimizer, new() { SampleEvery = 1 });
        guard.Step((net.X, net.Y), b => net.Loss(b.X, b.Y));
        CollectionAssert.AreEqual(new[] { "first.weight", "first.bias", "second.bias", "head.weight", "head.bias" }, guard.Window.Parameters.Select(p => p.Name).ToArray());
    }

    [TestMethod]
    [DataRow(GradientClip.ByNorm)]
    [DataRow(GradientClip.ByValue)]
    public void SparseGradients_AreReadSkippedAndRolledBack(GradientClip clip)
    {
        using var net = new Odd("sparse");
        using var optimizer = optim.SGD(net.parameters(), 0.1);
        using var guard = TrainingGuard.Attach(net, optimizer, new() { SampleEvery = 2, Policy = TrainingPolicy.Mend, Clip = clip });
        for (var i = 0; i < 8; i++)
            Assert.IsTrue(guard.Step((net.Tokens, net.Y), b => net.Loss(b.Tokens, b.Y)).IsTaken);
        Assert.IsTrue(guard.Window.Parameters.Single(p => p.Name == "words.weight").GradientNorms.All(n => n > 0));
        Assert.IsFalse(guard.Step((net.Tokens, net.Y), b => net.Loss(b.Tokens, b.Y) * double.NaN).IsTaken);
        Assert.IsTrue(guard.Step((net.Tokens, net.Y), b => net.Loss(b.Tokens, b.Y) * double.NaN).RolledBack);
        Assert.IsTrue(guard.Step((net.Tokens, net.Y), b => net.Loss(b.Tokens, b.Y)).IsTaken);
    }

    [TestMethod]
    public void Lbfgs_IsSteppedByItsClosureBetweenBeginAndDisposal()
    {
        using var run = new GuardedRun();
        using var optimizer = optim.LBFGS(run.Model.parameters(), 0.1, max_iter: 4);
        using var guard = TrainingGuard.Attach(run.Model, optimizer, new() { Policy = TrainingPolicy.Mend, SampleEvery = 2, JudgeEvery = 2 });
        StringAssert.Contains(Assert.Throws<InvalidOperationException>(() => guard.Step(run.Batches[0], run.Loss)).Message, "closure");
        double first = 0, last = 0;
        for (var i = 0; i < 8; i++)
        {
            using var scope = NewDisposeScope();
            using var step = guard.Begin(run.Batches[0].X, run.Batches[0].Y);
            var loss = Closure();
            Assert.IsTrue(step.Check(loss));
            last = loss.ToDouble();
            first = i == 0 ? last : first;
            optimizer.step(Closure);
        }

        Assert.IsTrue(last < first);
        Assert.AreEqual(8, guard.Steps);
        // Nothing is mended by a rollback where the state cannot be put back, and a bad step is still not taken.
        Assert.IsTrue(guard.Report.NotChecked.Any(n => n.Reason.Contains("rollback")));
        for (var i = 0; i < 2; i++)
        {
            using var scope = NewDisposeScope();
            using var step = guard.Begin(run.Batches[0].X, run.Batches[0].Y);
            var loss = Closure() * double.NaN;
            loss.backward();
            Assert.IsFalse(step.Check(loss));
        }

        Assert.AreEqual(1, guard.Window.RateFactor);

        Tensor Closure()
        {
            optimizer.zero_grad();
            var loss = run.Loss(run.Batches[0]);
            loss.backward(retain_graph: true);
            return loss;
        }
    }

    private static byte[] Train(string kind, TrainingGuardOptions? options)
    {
        random.manual_seed(3);
        using var net = new Odd(kind);
        using var optimizer = optim.SGD(net.parameters().Where(p => p.requires_grad), 0.1, momentum: 0.9);
        using var guard = options is null ? null : TrainingGuard.Attach(net, optimizer, options);
        for (var i = 0; i < 12; i++)
        {
            using var scope = NewDisposeScope();
            var x = kind == "sparse" ? net.Tokens : net.X;
            if (guard is not null)
            {
                Assert.IsTrue(guard.Step((x, net.Y), b => net.Loss(b.x, b.Y)).IsTaken);
                continue;
            }

            optimizer.zero_grad();
            net.Loss(x, net.Y).backward();
            optimizer.step();
        }

        return GuardedNetworks.Bits(net);
    }

    private sealed class Odd : nn.Module
    {
        private readonly Embedding? words;
        private readonly Linear first = Linear(8, 8);
        private readonly Linear second = Linear(8, 8);
        private readonly Linear head = Linear(8, 3);

        public Odd(string kind)
            : base(nameof(Odd))
        {
            if (kind == "sparse")
                words = Embedding(20, 8, sparse: true);
            if (kind == "tied")
                second.weight = first.weight;
            RegisterComponents();
            first.weight!.requires_grad = kind != "frozen";
        }

        public Tensor X { get; } = randn(16, 8);

        public Tensor Tokens { get; } = randint(20, [16, 3]);

        public Tensor Y { get; } = randint(3, 16);

        public Tensor Loss(Tensor x, Tensor y)
        {
            using var scope = NewDisposeScope();
            var at = words is null ? x : words.call(x).mean([1L]);
            return F.cross_entropy(head.call(second.call(first.call(at).relu()).relu()), y).MoveToOuterDisposeScope();
        }
    }
}
