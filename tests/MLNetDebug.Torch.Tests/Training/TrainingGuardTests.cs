using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class TrainingGuardTests
{
    [TestMethod]
    public void Attach_RefusesWhatCannotBeTrained()
    {
        using var run = new GuardedRun();
        Assert.Throws<ArgumentNullException>(() => TrainingGuard.Attach(null!, run.Optimizer));
        Assert.Throws<ArgumentNullException>(() => TrainingGuard.Attach(run.Model, (optim.Optimizer)null!));
        Assert.Throws<ArgumentException>(() => TrainingGuard.Attach(run.Model, []));
        Assert.Throws<ArgumentException>(() => TrainingGuard.Attach(run.Model, [run.Optimizer, null!]));
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => TrainingGuard.Attach(run.Model, [run.Optimizer, run.Optimizer])).Message, "twice");
    }

    [TestMethod]
    public void Exception_OfTheUsersLossReachesTheCallerAndTheTrainingGoesOnAsInAPlainLoop()
    {
        var thrown = new InvalidDataException("mine");
        using var plain = new GuardedRun("cnn", "Adam", 1e-3);
        plain.Plain(5);
        plain.Optimizer.zero_grad();
        plain.Model.call(plain.Batches[0].X).Dispose();
        plain.Plain(5, 5);
        var expected = plain.Bits();

        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach(new() { SampleEvery = 5 });
        run.Steps(guard, 5);
        Assert.AreSame(thrown, Assert.Throws<InvalidDataException>(() => guard.Step(run.Batches[0], b =>
        {
            run.Model.call(b.X).Dispose();
            return b.X.IsInvalid ? b.X : throw thrown;
        })));
        run.Steps(guard, 5, 5);
        CollectionAssert.AreEqual(expected, run.Bits());
        Assert.AreEqual(11, guard.Steps);
        Assert.AreEqual(10, guard.Window.Loss.Finite);
    }

    [TestMethod]
    public void Loss_ThatIsNoneGetsASentence()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var batch = run.Batches[0];
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => guard.Step(batch, b => F.cross_entropy(run.Model.call(b.X), b.Y, reduction: nn.Reduction.None))).Message, "[16]");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => guard.Step(batch, _ => (Tensor)null!)).Message, "null");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => guard.Step(batch, b => Disposed(run.Loss(b)))).Message, "disposed");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => guard.Step(batch, _ => new Dictionary<string, Tensor>())).Message, "no loss");
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => guard.StepAccumulated([batch, batch], b => F.cross_entropy(run.Model.call(b.X), b.Y, reduction: nn.Reduction.None))).Message, "[16]");
        Assert.Throws<ArgumentException>(() => guard.StepAccumulated(Array.Empty<(Tensor X, Tensor Y)>(), run.Loss));
        Assert.Throws<ArgumentNullException>(() => guard.Step(batch, (Func<(Tensor, Tensor), Tensor>)null!));
        Assert.IsTrue(guard.Step(batch, run.Loss).IsTaken);
    }

    [TestMethod]
    public void Step_InsideAStepIsRefusedAndLeavesTheGuardUsable()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        Assert.Throws<InvalidOperationException>(() => guard.Step(run.Batches[0], b =>
        {
            guard.Step(b, run.Loss);
            return run.Loss(b);
        }));
        Assert.IsTrue(guard.Step(run.Batches[0], run.Loss).IsTaken);
    }

    [TestMethod]
    public void Batch_WithoutTensorsIsTrainedAndNothingIsSaidOfItsOrder()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            for (var i = 0; i < 4; i++)
                Assert.IsTrue(guard.Step($"batch {i}", name => run.Loss(run.Batches[name[^1] - '0'])).IsTaken);
            guard.EndEpoch();
        }

        Assert.AreEqual(0, guard.Window.Batches.RepeatedEpochs);
        Assert.AreEqual(0, guard.Window.Batches.ComparedEpochs);
        Assert.IsTrue(guard.Report.NotChecked.Any(n => n.Reason.Contains("hold no tensor")));
    }

    [TestMethod]
    public void Batch_WithNullAndDisposedTensorsIsReadAsFarAsItGoes()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var gone = Disposed(zeros(3));
        Assert.IsTrue(guard.Step(new[] { run.Batches[0].X, null!, gone, run.Batches[0].Y }, _ => run.Loss(run.Batches[0])).IsTaken);
        Assert.IsTrue(guard.Step((string?)null, _ => run.Loss(run.Batches[0])).IsTaken);
        using (var step = guard.Begin(run.Batches[0].X, null!, gone))
        {
            using var loss = run.Loss(run.Batches[0]);
            loss.backward();
            Assert.IsTrue(step.Check(loss));
        }

        Assert.AreEqual(3, guard.Steps);
    }

    [TestMethod]
    public void Calls_OutsideOfStepsSayNothingOfTheTraining()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { SampleEvery = 1 });
        run.Model.call(run.Batches[1].X).Dispose();
        run.Steps(guard, 3);
        var before = RunBits.Of(guard);
        // A held-out pass of the same width, behind a sampled step.
        run.Model.call(run.Batches[5].X).Dispose();
        Assert.AreEqual(before, RunBits.Of(guard));
        Assert.AreEqual(3, guard.Window.Output!.Samples);
    }

    [TestMethod]
    public void Order_IsThatOfTheFirstStepAlsoAfterACallBeforeIt()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        ((nn.Module<Tensor, Tensor>)run.Model.named_children().Last().module).call(randn(2, 16)).Dispose();
        run.Steps(guard, 1);
        CollectionAssert.AreEqual(new[] { "fc1", "fc2", "fc3" }, guard.Window.Parameters.Select(p => p.Module).Distinct().ToArray());
    }

    [TestMethod]
    public void Mode_IsLeftAsItIs()
    {
        using var run = new GuardedRun("cnn");
        using var guard = run.Attach(new() { SampleEvery = 1, JudgeEvery = 1 });
        run.Model.eval();
        run.Steps(guard, 4);
        Assert.IsFalse(run.Model.training || run.Model.named_modules().Any(m => m.module.training));
    }

    [TestMethod]
    public void Dispose_TwiceEndsHistoriesOnceAndTheReportStaysReadable()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun();
        var guard = run.Attach(new() { History = [history] });
        run.Steps(guard, 3);
        guard.Dispose();
        guard.Dispose();
        Assert.AreEqual(1, history.Disposals);
        Assert.AreEqual(3, history.Steps.Count);
        Assert.AreEqual("3", guard.Report.Facts.Single(f => f.Name == "steps").Value.ToString());
        Assert.AreEqual(2, guard.Window.Step);
        Assert.Throws<ObjectDisposedException>(() => guard.Step(run.Batches[0], run.Loss));
        Assert.Throws<ObjectDisposedException>(() => guard.Begin(run.Batches[0].X));
        Assert.Throws<ObjectDisposedException>(() => guard.EndEpoch());
        Assert.Throws<ObjectDisposedException>(() => guard.Probe());
        run.Model.call(run.Batches[0].X).Dispose();
        Assert.AreEqual(2, guard.Window.Step);
    }

    [TestMethod]
    public void EndEpoch_BeforeAnyStepIsAnEpochOfNone()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var epoch = guard.EndEpoch(new Validation { Loss = 1.4, Accuracy = 0.2 });
        Assert.AreEqual(0, epoch.Steps);
        Assert.IsTrue(double.IsNaN(epoch.MeanLoss));
        run.Steps(guard, 2);
        Assert.AreEqual(2, guard.EndEpoch().Steps);
    }

    [TestMethod]
    public void Conversion_AfterTheGuardWasAttachedGetsASentence()
    {
        using var run = new GuardedRun("cnn");
        using var guard = run.Attach();
        run.Model.to(ScalarType.Float64);
        var thrown = Assert.Throws<InvalidOperationException>(() => guard.Step(run.Batches[0], run.Loss));
        StringAssert.Contains(thrown.Message, "conv1.weight");
        StringAssert.Contains(thrown.Message, "`to`");
    }

    [TestMethod]
    public void History_ThatThrowsIsLeftAloneAndTheTrainingGoesOn()
    {
        var good = new RecordingHistory();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { SampleEvery = 1, History = [new Throwing(), good] });
        run.Steps(guard, 4);
        Assert.AreEqual(4, good.Steps.Count);
        Assert.AreEqual(1, guard.Report.NotChecked.Count(n => n.Reason.Contains("full disk")));
    }

    private static Tensor Disposed(Tensor tensor)
    {
        tensor.Dispose();
        return tensor;
    }

    private sealed class Throwing : ITrainingHistory
    {
        public int HistogramEvery => throw new IOException("full disk");

        public void Add(StepRecord step) => throw new IOException("full disk");

        public void Add(EpochRecord epoch)
        {
        }

        public void Add(TrainingEvent happened)
        {
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
