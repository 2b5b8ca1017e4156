using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>A scheduler reads and writes the rates of a plain loop, whatever the guard has done to the updates.</summary>
[TestClass]
public sealed class SchedulerTests
{
    private const int Steps = 24;
    private static readonly string[] Schedulers = ["StepLR", "LambdaLR", "CosineAnnealingLR", "ReduceLROnPlateau", "OneCycleLR", "ExponentialLR"];

    public static IEnumerable<object[]> Cases => from s in Schedulers from own in new[] { false, true } select new object[] { s, own };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Rates_AreThoseOfThePlainLoopAlsoAfterAMend(string scheduler, bool isLoopsOwn)
    {
        using var plain = new GuardedRun();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Mend });
        var (expected, seen) = (new List<double>(), new List<double>());
        Train(plain, scheduler, (_, batch, schedule) =>
        {
            plain.Plain(batch);
            schedule();
        }, expected);
        Train(run, scheduler, (i, batch, schedule) =>
        {
            // Two in a row are mended by a rollback and a lower rate.
            Tensor Loss((Tensor X, Tensor Y) b) => i is 5 or 6 ? run.Loss(b) * double.NaN : run.Loss(b);
            Take(run, guard, batch, Loss, schedule, isLoopsOwn);
        }, seen);
        CollectionAssert.AreEqual(expected, seen);
        Assert.IsTrue(guard.Window.RateFactor < 1);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Factor_HoldsThroughTheSchedulersSteps(bool isLoopsOwn)
    {
        using var run = new GuardedRun(optimizer: "SGD", rate: 0.1);
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Mend });
        var scheduler = lr_scheduler.ExponentialLR(run.Optimizer, 0.5);
        for (var i = 0; i < 2; i++)
            guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
        var (factor, parameter) = (guard.Window.RateFactor, run.Model.parameters().First());
        Assert.IsTrue(factor < 1);
        for (var i = 0; i < 4; i++)
        {
            using var scope = NewDisposeScope();
            var before = parameter.detach().clone();
            var rate = run.Optimizer.ParamGroups.First().LearningRate;
            Take(run, guard, run.Batches[i], run.Loss, scheduler.step, isLoopsOwn);
            var moved = (before - parameter.detach()) / (rate * factor);
            Assert.IsTrue(moved.allclose(parameter.grad!, 1e-3, 1e-5), $"step {i}");
            Assert.AreEqual(0.1 * Math.Pow(0.5, i + 1), run.Optimizer.ParamGroups.First().LearningRate, 1e-12);
        }
    }

    [TestMethod]
    public void History_RecordsTheRateThatWasInForce()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun(rate: 0.09);
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Mend, History = [history] });
        guard.Step(run.Batches[0], run.Loss);
        for (var i = 0; i < 2; i++)
            guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
        guard.Step(run.Batches[0], run.Loss);
        Assert.AreEqual(0.09, history.Steps[0].LearningRate, 1e-12);
        Assert.IsTrue(guard.Window.RateFactor < 1);
        Assert.AreEqual(0.09 * guard.Window.RateFactor, history.Steps[^1].LearningRate, 1e-12);
        Assert.AreEqual(0.09 * guard.Window.RateFactor, guard.EndEpoch().LearningRate, 1e-12);
    }

    private static void Take(GuardedRun run, TrainingGuard guard, (Tensor X, Tensor Y) batch, Func<(Tensor X, Tensor Y), Tensor> forward, Action schedule, bool isLoopsOwn)
    {
        if (!isLoopsOwn)
        {
            guard.Step(batch, forward);
            schedule();
            return;
        }

        // The scheduler is stepped while the guarded step is still open, as `using var` at the top of a loop's body makes it.
        using var step = guard.Begin(batch.X, batch.Y);
        run.Optimizer.zero_grad();
        using var loss = forward(batch);
        loss.backward();
        if (step.Check(loss))
            run.Optimizer.step();
        schedule();
    }

    private static void Train(GuardedRun run, string name, Action<int, (Tensor X, Tensor Y), Action> step, List<double> rates)
    {
        var scheduler = name switch
        {
            "StepLR" => lr_scheduler.StepLR(run.Optimizer, 4, 0.5),
            "LambdaLR" => lr_scheduler.LambdaLR(run.Optimizer, e => 1.0 / (1 + e)),
            "CosineAnnealingLR" => lr_scheduler.CosineAnnealingLR(run.Optimizer, 10),
            "ReduceLROnPlateau" => lr_scheduler.ReduceLROnPlateau(run.Optimizer, factor: 0.5, patience: 2),
            "ExponentialLR" => lr_scheduler.ExponentialLR(run.Optimizer, 0.9),
            _ => lr_scheduler.OneCycleLR(run.Optimizer, 0.1, total_steps: Steps + 2),
        };
        for (var i = 0; i < Steps; i++)
        {
            using var scope = NewDisposeScope();
            var metric = i < 8 ? 8.0 - i : 5;
            step(i, run.Batches[i % run.Batches.Length], () => Schedule(scheduler, name == "ReduceLROnPlateau" ? metric : null));
            rates.Add(run.Optimizer.ParamGroups.First().LearningRate);
        }
    }

    private static void Schedule(lr_scheduler.LRScheduler scheduler, double? metric)
    {
        if (metric is { } value)
            scheduler.step(value);
        else
            scheduler.step();
    }
}
