using MLNetDebug.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training.Probes;

/// <summary>A range test puts everything back, to the bit.</summary>
[TestClass]
public sealed class LearningRateRangeBitTests
{
    private static readonly LearningRateRangeOptions Short = new() { Steps = 25, Repeats = 2 };

    public static IEnumerable<object[]> Trainings =>
        from t in new[] { ("mlp", "Momentum"), ("mlp", "SGD"), ("cnn", "Adam"), ("cnn", "Momentum"), ("lstm", "AdamW"), ("transformer", "Adam") }
        from at in new[] { 0, 1, 7 }
        select new object[] { t.Item1, t.Item2, at };

    public static IEnumerable<object[]> AllOptimizers => Optimizers.Names.Select(n => new object[] { n });

    [TestMethod]
    [DynamicData(nameof(Trainings))]
    public void Training_EndsInTheBitsItWouldHaveEndedInWithout(string network, string optimizer, int at)
    {
        CollectionAssert.AreEqual(Train(network, optimizer, null), Train(network, optimizer, at));
    }

    [TestMethod]
    [DynamicData(nameof(AllOptimizers))]
    public void State_OfEveryOptimizerIsPutBack(string optimizer)
    {
        foreach (var steps in new[] { 0, 3 })
        {
            using var run = new GuardedRun("mlp", optimizer, 0.01);
            using var guard = run.Attach(new() { SampleEvery = 1 });
            run.Steps(guard, steps);
            AssertUntouched(run, guard, () => guard.Probe().LearningRateRange(run.Batches, run.Loss, Short));
        }
    }

    [TestMethod]
    public void Gradients_AreTheVeryTensorsAndNoneStaysNone()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        run.Steps(guard, 2);
        var parameters = run.Model.parameters().ToArray();
        parameters[1].grad = null;
        using var held = parameters[0].grad!;
        guard.Probe().LearningRateRange(run.Batches, run.Loss, Short);
        held.fill_(42);
        using var now = parameters[0].grad!;
        Assert.AreEqual(42, now.max().ToDouble());
        Assert.IsNull(parameters[1].grad);
    }

    [TestMethod]
    public void Gradients_OfInputsThatWantThemArePutBack()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        using var x = randn(16, 12, requires_grad: true);
        guard.Step((x, run.Batches[0].Y), run.Loss);
        using var before = x.grad!.clone();
        guard.Probe().LearningRateRange([(x, run.Batches[0].Y)], run.Loss, Short);
        Assert.IsTrue(before.equal(x.grad!).all().ToBoolean());
    }

    [TestMethod]
    public void Groups_KeepTheirOwnRates()
    {
        using var run = new GuardedRun();
        var parameters = run.Model.parameters().ToArray();
        using var optimizer = optim.SGD([new SGD.ParamGroup(parameters[..2], new SGD.Options { LearningRate = 0.3 }), new SGD.ParamGroup(parameters[2..], new SGD.Options { LearningRate = 0.06 })], 0.1);
        using var guard = TrainingGuard.Attach(run.Model, optimizer);
        var ratios = new List<double>();
        guard.Probe().LearningRateRange(run.Batches, b =>
        {
            var rates = optimizer.ParamGroups.Select(g => g.LearningRate).ToArray();
            ratios.Add(rates[0] / rates[1]);
            return run.Loss(b);
        }, Short);
        Assert.IsTrue(ratios.All(r => Math.Abs(r - 5) < 1e-9));
        CollectionAssert.AreEqual(new[] { 0.3, 0.06 }, optimizer.ParamGroups.Select(g => g.LearningRate).ToArray());
    }

    [TestMethod]
    public void Everything_IsPutBackWhereTheLossThrowsOrTheTestIsCancelled()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach(new() { SampleEvery = 1 });
        run.Steps(guard, 4);
        var thrown = new InvalidDataException("mine");
        var calls = 0;
        AssertUntouched(run, guard, () => Assert.AreSame(thrown, Assert.Throws<InvalidDataException>(() => guard.Probe().LearningRateRange(run.Batches, b => ++calls == 30 ? throw thrown : run.Loss(b), Short))));
        using var cancel = new CancellationTokenSource();
        calls = 0;
        AssertUntouched(run, guard, () => Assert.Throws<OperationCanceledException>(() => guard.Probe().LearningRateRange(run.Batches, b =>
        {
            if (++calls == 10)
                cancel.Cancel();
            return run.Loss(b);
        }, Short with { Cancellation = cancel.Token })));
        Assert.AreEqual(10, calls);
        AssertUntouched(run, guard, () => Assert.Throws<ArgumentException>(() => guard.Probe().LearningRateRange(run.Batches, b => run.Model.call(b.X), Short)));
    }

    [TestMethod]
    public void Everything_IsPutBackUnderNoGradAndInAScope()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach();
        run.Steps(guard, 2);
        AssertUntouched(run, guard, () =>
        {
            using var scope = NewDisposeScope();
            using var none = no_grad();
            guard.Probe().LearningRateRange(run.Batches, run.Loss, Short);
            Assert.AreEqual(0, scope.DisposablesCount);
        });
        run.Steps(guard, 2);
    }

    [TestMethod]
    public void Tests_LeaveNoTensorsBehind()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach();
        run.Steps(guard, 3);
        guard.Probe().LearningRateRange(run.Batches, run.Loss, Short);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = TensorCount.Settled();
        guard.Probe().LearningRateRange(run.Batches, run.Loss, Short);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.AreEqual(before, Tensor.TotalCount);
    }

    [TestMethod]
    public void Frozen_ParametersAndEvaluationModeStay()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        run.Model.parameters().First().requires_grad = false;
        run.Model.eval();
        using var guard = run.Attach();
        LearningRateRange? range = null;
        AssertUntouched(run, guard, () => range = guard.Probe().LearningRateRange(run.Batches, run.Loss, Short));
        Assert.IsTrue(range!.Notes.Any(n => n.Contains("evaluation mode")));
    }

    private static byte[] Train(string network, string optimizer, int? at)
    {
        using var run = new GuardedRun(network, optimizer, 1e-2);
        using var guard = run.Attach(new() { SampleEvery = 3, JudgeEvery = 5 });
        for (var i = 0; i < 12; i++)
        {
            if (i == at)
                AssertUntouched(run, guard, () => guard.Probe().LearningRateRange(run.Batches, run.Loss, Short));
            run.Steps(guard, 1, i);
        }

        return [.. run.Bits(), .. RunBits.Random(), .. System.Text.Encoding.UTF8.GetBytes(RunBits.Of(guard))];
    }

    private static void AssertUntouched(GuardedRun run, TrainingGuard guard, Action act)
    {
        byte[] bits = [.. run.Bits(), .. RunBits.Random()];
        var known = RunBits.Of(guard);
        act();
        CollectionAssert.AreEqual(bits, (byte[])[.. run.Bits(), .. RunBits.Random()]);
        Assert.AreEqual(known, RunBits.Of(guard));
    }
}
