using MLNetDebug.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Accumulated gradients, several losses, several optimizers: each ends in the bits of the plain loop.</summary>
[TestClass]
public sealed class StepKindsTests
{
    [TestMethod]
    public void Accumulated_EndsInTheBitsOfThePlainLoop()
    {
        CollectionAssert.AreEqual(Train(isGuarded: false), Train(isGuarded: true));

        static byte[] Train(bool isGuarded)
        {
            using var run = new GuardedRun("cnn", "Adam", 1e-3);
            using var guard = isGuarded ? run.Attach(new() { SampleEvery = 2, JudgeEvery = 2 }) : null;
            for (var i = 0; i < 8; i++)
            {
                using var scope = NewDisposeScope();
                (Tensor X, Tensor Y)[] batches = [.. run.Batches.Skip(i % 4 * 3).Take(3)];
                if (guard is not null)
                {
                    Assert.IsTrue(guard.StepAccumulated(batches, run.Loss).IsTaken);
                    continue;
                }

                run.Optimizer.zero_grad();
                foreach (var batch in batches)
                    (run.Loss(batch) / 3).backward();
                run.Optimizer.step();
            }

            return [.. run.Bits(), .. RunBits.Random()];
        }
    }

    [TestMethod]
    public void Accumulated_LossIsTheMeanAndOneBadBatchSkipsTheWhole()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var expected = run.Batches.Take(3).Average(b => run.Loss(b).ToDouble());
        Assert.AreEqual(expected, guard.StepAccumulated(run.Batches.Take(3).ToArray(), run.Loss).Loss, 1e-6);
        Assert.IsFalse(guard.StepAccumulated([run.Batches[0], run.Bad, run.Batches[1]], run.Loss).IsTaken);
    }

    [TestMethod]
    public void Losses_ByNameEndInTheBitsOfTheirSum()
    {
        var history = new RecordingHistory();
        CollectionAssert.AreEqual(Train(null), Train(new() { History = [history] }));
        Assert.AreEqual(10, history.Steps.Count);
        CollectionAssert.AreEqual(new[] { "main", "size", "rest" }, history.Steps[9].Terms.Select(t => t.Key).ToArray());
        Assert.AreEqual(history.Steps[9].Loss, history.Steps[9].Terms.Sum(t => t.Value), 1e-5);

        static byte[] Train(TrainingGuardOptions? options)
        {
            using var run = new GuardedRun();
            using var guard = options is null ? null : run.Attach(options);
            for (var i = 0; i < 10; i++)
            {
                using var scope = NewDisposeScope();
                Dictionary<string, Tensor> Losses((Tensor X, Tensor Y) b)
                {
                    var logits = run.Model.call(b.X);
                    return new() { ["main"] = F.cross_entropy(logits, b.Y), ["size"] = logits.square().mean(), ["rest"] = logits.abs().mean() };
                }

                if (guard is not null)
                {
                    Assert.IsTrue(guard.Step(run.Batches[i], Losses).IsTaken);
                    continue;
                }

                run.Optimizer.zero_grad();
                var losses = Losses(run.Batches[i]);
                (losses["main"] + losses["size"] + losses["rest"]).backward();
                run.Optimizer.step();
            }

            return run.Bits();
        }
    }

    [TestMethod]
    public void Losses_OfOneNameAreRecordedToo()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { History = [history] });
        guard.Step(run.Batches[0], b => new Dictionary<string, Tensor> { ["only"] = run.Loss(b) });
        guard.Step(run.Batches[0], run.Loss);
        Assert.AreEqual("only", history.Steps[0].Terms.Single().Key);
        Assert.AreEqual(0, history.Steps[1].Terms.Count);
    }

    [TestMethod]
    public void Optimizers_AllAtOnceEndInTheBitsOfThePlainLoop()
    {
        CollectionAssert.AreEqual(Train(isGuarded: false), Train(isGuarded: true));

        static byte[] Train(bool isGuarded)
        {
            using var run = new GuardedRun();
            var parameters = run.Model.parameters().ToArray();
            using var first = optim.SGD(parameters[..2], 0.05, momentum: 0.9);
            using var second = optim.Adam(parameters[2..], 1e-3);
            using var guard = isGuarded ? TrainingGuard.Attach(run.Model, [first, second]) : null;
            for (var i = 0; i < 10; i++)
            {
                using var scope = NewDisposeScope();
                if (guard is not null)
                {
                    guard.Step(run.Batches[i], run.Loss);
                    continue;
                }

                first.zero_grad();
                second.zero_grad();
                run.Loss(run.Batches[i]).backward();
                first.step();
                second.step();
            }

            return RunBits.Of(run.Model, first, second);
        }
    }

    [TestMethod]
    public void Optimizers_OneAtATimeAsInAGanEndInTheBitsOfThePlainLoop() =>
        CollectionAssert.AreEqual(new Gan().Train(null), new Gan().Train(new() { SampleEvery = 2, JudgeEvery = 3, Policy = TrainingPolicy.Mend }));

    [TestMethod]
    public void Optimizers_OneAtATime_LeftoversOfTheOtherCountForNothing()
    {
        using var gan = new Gan();
        using var guard = gan.Attach(new() { SampleEvery = 1 });
        using var scope = NewDisposeScope();
        Assert.IsTrue(guard.Step(gan.Real(0), gan.LossOfD, gan.OptimizerOfD).IsTaken);
        // A plain loop would leave these in the gradients of the discriminator until it is its turn again.
        foreach (var parameter in gan.D.parameters())
            parameter.grad = full_like(parameter, double.NaN);
        Assert.IsTrue(guard.Step(gan.Real(1), gan.LossOfG, gan.OptimizerOfG).IsTaken);
        Assert.IsTrue(double.IsFinite(guard.Window.GradientNorms[^1]));
        Assert.IsTrue(guard.Window.Parameters.Where(p => p.Name.StartsWith("D.", StringComparison.Ordinal)).All(p => double.IsNaN(p.GradientNorms[^1])));
        Assert.IsFalse(guard.Step(gan.Real(2) * double.NaN, gan.LossOfD, gan.OptimizerOfD).IsTaken);
        Assert.IsTrue(guard.Step(gan.Real(3), gan.LossOfG, gan.OptimizerOfG).IsTaken);
        Assert.IsTrue(guard.Step(gan.Real(4), gan.LossOfD, gan.OptimizerOfD).IsTaken);
    }

    [TestMethod]
    public void Optimizer_OfAnotherTrainingIsRefused()
    {
        using var run = new GuardedRun();
        using var other = optim.SGD(run.Model.parameters(), 0.1);
        using var guard = run.Attach();
        Assert.Throws<ArgumentException>(() => guard.Step(run.Batches[0], run.Loss, other));
        Assert.IsTrue(guard.Step(run.Batches[0], run.Loss, run.Optimizer).IsTaken);
    }

    private sealed class Pair : nn.Module
    {
        public readonly Sequential G = Sequential(("fc1", Linear(4, 8)), ("relu", ReLU()), ("fc2", Linear(8, 3)));
        public readonly Sequential D = Sequential(("fc1", Linear(3, 8)), ("relu", ReLU()), ("fc2", Linear(8, 1)));

        public Pair()
            : base(nameof(Pair)) => RegisterComponents();
    }

    private sealed class Gan : IDisposable
    {
        private readonly Pair _pair;
        private readonly Tensor _real;
        private readonly Tensor _noise;

        public Gan()
        {
            random.manual_seed(5);
            _pair = new Pair();
            (_real, _noise) = (randn(20, 16, 3), randn(20, 16, 4));
            OptimizerOfD = optim.Adam(_pair.D.parameters(), 1e-3);
            OptimizerOfG = optim.Adam(_pair.G.parameters(), 1e-3);
        }

        public Sequential D => _pair.D;

        public optim.Optimizer OptimizerOfD { get; }

        public optim.Optimizer OptimizerOfG { get; }

        public TrainingGuard Attach(TrainingGuardOptions options) => TrainingGuard.Attach(_pair, [OptimizerOfD, OptimizerOfG], options);

        public Tensor Real(int i) => _real[i];

        public Tensor LossOfD(Tensor real)
        {
            using var fake = _pair.G.call(_noise[0]);
            return F.binary_cross_entropy_with_logits(_pair.D.call(real), ones(16, 1)) + F.binary_cross_entropy_with_logits(_pair.D.call(fake.detach()), zeros(16, 1));
        }

        public Tensor LossOfG(Tensor real) => F.binary_cross_entropy_with_logits(_pair.D.call(_pair.G.call(_noise[1])), ones(16, 1));

        public byte[] Train(TrainingGuardOptions? options)
        {
            using var guard = options is null ? null : Attach(options);
            for (var i = 0; i < 20; i++)
            {
                using var scope = NewDisposeScope();
                foreach (var (loss, optimizer) in new[] { ((Func<Tensor, Tensor>)LossOfD, OptimizerOfD), (LossOfG, OptimizerOfG) })
                {
                    if (guard is not null)
                    {
                        Assert.IsTrue(guard.Step(Real(i), loss, optimizer).IsTaken);
                        continue;
                    }

                    optimizer.zero_grad();
                    loss(Real(i)).backward();
                    optimizer.step();
                }
            }

            return RunBits.Of(_pair, OptimizerOfD, OptimizerOfG);
        }

        public void Dispose()
        {
            OptimizerOfD.Dispose();
            OptimizerOfG.Dispose();
            _pair.Dispose();
        }
    }
}
