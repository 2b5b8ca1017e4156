using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Tensors of the guard's live as long as the guard, whatever scopes the loop opens; and no longer.</summary>
[TestClass]
public sealed class ScopeTests
{
    public static IEnumerable<object[]> Cases =>
        from n in new[] { "mlp", "cnn", "lstm" } from p in Enum.GetValues<TrainingPolicy>() from t in new[] { ScalarType.Float32, ScalarType.BFloat16 } select new object[] { n, p, t };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Scopes_OfTheLoopEndNothingOfTheGuards(string network, TrainingPolicy policy, ScalarType type)
    {
        using var run = new GuardedRun(network, "Adam", 1e-3, type);
        TrainingGuard guard;
        using (NewDisposeScope())
            guard = run.Attach(Options(policy));
        using (guard)
        {
            run.Steps(guard, 20);
            using (NewDisposeScope())
                guard.EndEpoch(new Validation { Probabilities = full(20, 4, 0.25f), Labels = randint(4, 20) });
            for (var i = 0; i < 2; i++)
            {
                using var scope = NewDisposeScope();
                guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
            }

            run.Steps(guard, 20);
        }

        Assert.AreEqual(42, guard.Steps);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Steps_LeaveNoTensorsBehind(string network, TrainingPolicy policy, ScalarType type)
    {
        using var run = new GuardedRun(network, "Adam", 1e-3, type);
        run.Plain(2);
        var before = TensorCount.Settled();
        using (var guard = run.Attach(Options(policy)))
        {
            run.Steps(guard, 30);
            var some = TensorCount.Settled();
            run.Steps(guard, 60);
            Own(run, guard, 10);
            Assert.AreEqual(some, TensorCount.Settled());
        }

        Assert.AreEqual(before, TensorCount.Settled());
    }

    [TestMethod]
    public void Mends_LeaveNoTensorsBehind()
    {
        using var run = new GuardedRun("cnn", "Momentum", 1e-3);
        run.Plain(2);
        var before = TensorCount.Settled();
        using (var guard = run.Attach(Options(TrainingPolicy.Mend)))
        {
            for (var i = 0; i < 6; i++)
            {
                using var scope = NewDisposeScope();
                guard.Step(run.Batches[0], b => run.Loss(b) * (i % 3 == 0 ? 1 : double.NaN));
            }

            Own(run, guard, 10);
            Assert.IsTrue(guard.Window.RateFactor < 1);
        }

        Assert.AreEqual(before, TensorCount.Settled());
    }

    [TestMethod]
    public void Guards_OnTwoThreadsDoNotMeet()
    {
        using var plain = new GuardedRun();
        plain.Plain(60);
        var expected = plain.Bits();
        using var one = new GuardedRun();
        using var other = new GuardedRun();
        var threads = new[] { one, other }.Select(run => new Thread(() =>
        {
            using var guard = run.Attach(new() { SampleEvery = 2, JudgeEvery = 3, SnapshotEvery = 5 });
            run.Steps(guard, 30);
            guard.EndEpoch();
            run.Steps(guard, 30, 30);
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        CollectionAssert.AreEqual(expected, one.Bits());
        CollectionAssert.AreEqual(expected, other.Bits());
    }

    private static TrainingGuardOptions Options(TrainingPolicy policy) => new() { Policy = policy, SampleEvery = 3, JudgeEvery = 5, SnapshotEvery = 7 };

    private static void Own(GuardedRun run, TrainingGuard guard, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            using var step = guard.Begin(run.Batches[i].X, run.Batches[i].Y);
            run.Optimizer.zero_grad();
            var loss = run.Loss(run.Batches[i]);
            loss.backward();
            if (step.Check(loss))
                run.Optimizer.step();
        }
    }
}
