using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>What becomes of steps that are not finite.</summary>
[TestClass]
public sealed class NonFiniteStepTests
{
    [TestMethod]
    [DataRow("mlp", "Momentum", ScalarType.Float32)]
    [DataRow("cnn", "Adam", ScalarType.Float32)]
    [DataRow("cnn", "AdamW", ScalarType.BFloat16)]
    [DataRow("lstm", "RMSProp", ScalarType.Float32)]
    public void Skip_LeavesParametersStateAndStatisticsToTheBitAndTheTrainingGoesOn(string network, string optimizer, ScalarType type)
    {
        using var run = new GuardedRun(network, optimizer, 1e-3, type);
        using var guard = run.Attach();
        run.Steps(guard, 6);
        run.Optimizer.zero_grad();
        var (before, smoothed) = (run.Bits(), guard.Window.Loss.Smoothed);
        var result = guard.Step(run.Bad, run.Loss);
        Assert.IsFalse(result.IsTaken || result.RolledBack || double.IsFinite(result.Loss));
        CollectionAssert.AreEqual(before, run.Bits());
        Assert.AreEqual(smoothed, guard.Window.Loss.Smoothed);
        run.Steps(guard, 6, 6);
        CollectionAssert.AreNotEqual(before, run.Bits());
        Assert.AreEqual(TrainingEventKind.Skipped, guard.Events.Single(e => e.Kind != TrainingEventKind.Found).Kind);
        Assert.AreEqual(12, guard.Window.Loss.Finite);
        Assert.AreEqual(1, guard.Window.Loss.NonFinite);
        Assert.IsNull(guard.Window.NonFinite);
    }

    [TestMethod]
    public void Skip_InALoopOfItsOwnIsTheSame()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach();
        run.Steps(guard, 6);
        run.Optimizer.zero_grad();
        var before = run.Bits();
        using (var step = guard.Begin(run.Bad.X, run.Bad.Y))
        {
            using var loss = run.Loss(run.Bad);
            loss.backward();
            Assert.IsFalse(step.Check(loss));
        }

        CollectionAssert.AreEqual(before, run.Bits());
    }

    [TestMethod]
    public void Stop_ComesAtTheThirdInARowWithTheReport()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { History = [history] });
        run.Steps(guard, 8);
        guard.Step(run.Bad, run.Loss);
        guard.Step(run.Bad, run.Loss);
        run.Steps(guard, 1);
        guard.Step(run.Bad, run.Loss);
        guard.Step(run.Bad, run.Loss);
        var stopped = Assert.Throws<TrainingStoppedException>(() => guard.Step(run.Bad, run.Loss));
        Assert.AreEqual(13, stopped.Step);
        StringAssert.Contains(stopped.Message, "3 steps in a row");
        Assert.AreEqual("5", stopped.Report.Facts.Single(f => f.Name == "steps not taken").Value.ToString());
        Assert.AreEqual(TrainingEventKind.Stopped, guard.Events[^1].Kind);
        Assert.AreEqual(14, history.Steps.Count);
        Assert.IsFalse(history.Steps[^1].IsTaken);
        Assert.Throws<InvalidOperationException>(() => guard.Step(run.Batches[0], run.Loss));
        Assert.Throws<InvalidOperationException>(() => guard.Begin(run.Batches[0].X));
        Assert.Throws<InvalidOperationException>(() => guard.EndEpoch());
        Assert.Throws<InvalidOperationException>(() => guard.Probe());
        Assert.AreEqual(14, guard.Steps);
        guard.Dispose();
    }

    [TestMethod]
    public void Stop_InALoopOfItsOwnComesFromTheCheckAndTheStepIsOver()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { History = [history], StopAfterNonFinite = 1 });
        run.Steps(guard, 8);
        var step = guard.Begin(run.Bad.X, run.Bad.Y);
        using var loss = run.Loss(run.Bad);
        loss.backward();
        Assert.AreEqual(8, Assert.Throws<TrainingStoppedException>(() => step.Check(loss)).Step);
        step.Dispose();
        Assert.AreEqual(9, history.Steps.Count);
        Assert.IsTrue(double.IsNaN(history.Steps[^1].Loss));
    }

    [TestMethod]
    public void Stop_KeepsTheLastWeightsWhereTheyAreTheBest()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { StopAfterNonFinite = 1 });
        for (var i = 0; i < 40; i++)
            guard.Step(run.Batches[0], run.Loss);
        run.Optimizer.zero_grad();
        var last = run.Bits();
        StringAssert.Contains(Assert.Throws<TrainingStoppedException>(() => guard.Step(run.Bad, run.Loss)).Message, "last good step");
        CollectionAssert.AreEqual(last, run.Bits());
    }

    [TestMethod]
    public void Stop_GoesBackToTheBestHeldOutEpoch()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { StopAfterNonFinite = 1 });
        run.Steps(guard, 12);
        guard.EndEpoch(new Validation { Loss = 2 });
        run.Steps(guard, 12);
        var best = GuardedNetworks.Bits(run.Model);
        guard.EndEpoch(new Validation { Loss = 1 });
        run.Steps(guard, 12);
        guard.EndEpoch(new Validation { Loss = 1.5 });
        StringAssert.Contains(Assert.Throws<TrainingStoppedException>(() => guard.Step(run.Bad, run.Loss)).Message, "before step 24");
        CollectionAssert.AreEqual(best, GuardedNetworks.Bits(run.Model));
    }

    [TestMethod]
    public void Stop_GoesBackWhereAParameterIsBroken()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { SnapshotEvery = 10 });
        for (var i = 0; i < 25; i++)
            guard.Step(run.Batches[0], run.Loss);
        using (no_grad())
            run.Model.parameters().First().fill_(double.PositiveInfinity);
        guard.Step(run.Batches[0], run.Loss);
        guard.Step(run.Batches[0], run.Loss);
        StringAssert.Contains(Assert.Throws<TrainingStoppedException>(() => guard.Step(run.Batches[0], run.Loss)).Message, "before step 20");
        Assert.IsTrue(double.IsFinite(run.Loss(run.Batches[0]).ToDouble()));
    }

    [TestMethod]
    [DataRow("mlp", "Momentum")]
    [DataRow("cnn", "Adam")]
    public void Observe_TouchesNothingEvenThen(string network, string optimizer)
    {
        using var plain = new GuardedRun(network, optimizer, 1e-3);
        plain.Plain(5);
        for (var i = 0; i < 4; i++)
            plain.Plain(plain.Bad);
        plain.Plain(5);
        byte[] expected = [.. plain.Bits(), .. RunBits.Random()];

        using var run = new GuardedRun(network, optimizer, 1e-3);
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Observe, SampleEvery = 2, JudgeEvery = 3 });
        run.Steps(guard, 5);
        for (var i = 0; i < 4; i++)
            Assert.IsTrue(guard.Step(run.Bad, run.Loss).IsTaken);
        run.Steps(guard, 5);
        CollectionAssert.AreEqual(expected, (byte[])[.. run.Bits(), .. RunBits.Random()]);
        Assert.IsFalse(guard.Events.Any(e => e.Kind != TrainingEventKind.Found));
    }

    [TestMethod]
    public void Mend_RollsBackAtTheSecondInARowAndGoesOnAtAThird()
    {
        using var run = new GuardedRun("cnn", "Adam", 1e-3);
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Mend, SnapshotEvery = 5 });
        var start = GuardedNetworks.Bits(run.Model);
        run.Steps(guard, 4);
        Assert.IsFalse(guard.Step(run.Batches[0], NanBehind).RolledBack);
        var result = guard.Step(run.Batches[0], NanBehind);
        Assert.IsTrue(result.RolledBack && !result.IsTaken);
        CollectionAssert.AreEqual(start, GuardedNetworks.Bits(run.Model));
        Assert.IsTrue(guard.Window.RateFactor <= 1 / 3.0);
        Assert.AreEqual(5, guard.Window.LastActionStep);
        Assert.AreEqual(1e-3, run.Optimizer.ParamGroups.First().LearningRate);
        Assert.IsTrue(guard.Step(run.Batches[0], run.Loss).IsTaken);
        CollectionAssert.AreEqual(
            new[] { TrainingEventKind.Skipped, TrainingEventKind.RolledBack, TrainingEventKind.RateLowered },
            guard.Events.Where(e => e.Kind != TrainingEventKind.Found).Select(e => e.Kind).ToArray());

        Tensor NanBehind((Tensor X, Tensor Y) batch) => run.Loss(batch) * double.NaN;
    }

    [TestMethod]
    public void Mend_KeepsTakingSnapshotsWhereEpochsAreValidated()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Mend, SnapshotEvery = 10 });
        for (var epoch = 0; epoch < 3; epoch++)
        {
            for (var i = 0; i < 15; i++)
                guard.Step(run.Batches[0], run.Loss);
            guard.EndEpoch(new Validation { Loss = 3 - epoch });
        }

        guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
        guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
        StringAssert.Contains(guard.Events.Single(e => e.Kind == TrainingEventKind.RolledBack).Text, "before step 40");
    }

    [TestMethod]
    public void Snapshots_AreTakenOfLossesBelowZeroToo()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { Policy = TrainingPolicy.Mend, SnapshotEvery = 10 });
        for (var i = 0; i < 25; i++)
            guard.Step(run.Batches[0], b => run.Loss(b) - 20);
        guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
        guard.Step(run.Batches[0], b => run.Loss(b) * double.NaN);
        StringAssert.Contains(guard.Events.Single(e => e.Kind == TrainingEventKind.RolledBack).Text, "before step 20");
    }
}
