using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class GuardedStepTests
{
    [TestMethod]
    public void SeveralBackwardPasses_EndInTheBitsOfThePlainLoop()
    {
        CollectionAssert.AreEqual(Accumulate(isGuarded: false), Accumulate(isGuarded: true));

        static byte[] Accumulate(bool isGuarded)
        {
            using var run = new GuardedRun("cnn", "Adam", 1e-3);
            using var guard = isGuarded ? run.Attach(new() { SampleEvery = 2, JudgeEvery = 2 }) : null;
            for (var i = 0; i < 6; i++)
            {
                using var scope = NewDisposeScope();
                using var step = guard?.Begin(run.Batches[2 * i].X, run.Batches[2 * i].Y);
                run.Optimizer.zero_grad();
                (run.Loss(run.Batches[2 * i]) / 2).backward();
                var last = run.Loss(run.Batches[(2 * i) + 1]) / 2;
                last.backward();
                if (step?.Check(last) ?? true)
                    run.Optimizer.step();
            }

            return run.Bits();
        }
    }

    [TestMethod]
    public void Losses_ByNameAreRecordedAndSummed()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { History = [history] });
        using (var step = guard.Begin(run.Batches[0].X, run.Batches[0].Y))
        {
            using var logits = run.Model.call(run.Batches[0].X);
            using var main = F.cross_entropy(logits, run.Batches[0].Y);
            using var size = logits.square().mean();
            (main + size).backward();
            Assert.IsTrue(step.Check(new Dictionary<string, Tensor> { ["main"] = main, ["size"] = size }, logits));
            run.Optimizer.step();
        }

        CollectionAssert.AreEqual(new[] { "main", "size" }, history.Steps[0].Terms.Select(t => t.Key).ToArray());
        Assert.AreEqual(history.Steps[0].Loss, history.Steps[0].Terms.Sum(t => t.Value), 1e-9);
    }

    [TestMethod]
    public void Check_IsAskedOnceAndBeforeDisposal()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        using var loss = run.Loss(run.Batches[0]);
        loss.backward();
        var step = guard.Begin(run.Batches[0].X, run.Batches[0].Y);
        Assert.Throws<ArgumentNullException>(() => step.Check((Tensor)null!));
        Assert.Throws<ArgumentException>(() => step.Check(zeros(3)));
        Assert.Throws<ArgumentException>(() => step.Check(new Dictionary<string, Tensor>()));
        Assert.Throws<ArgumentException>(() => step.Check(new Dictionary<string, Tensor> { ["a"] = loss, ["b"] = null! }));
        Assert.IsTrue(step.Check(loss));
        Assert.Throws<InvalidOperationException>(() => step.Check(loss));
        step.Dispose();
        step.Dispose();
        Assert.Throws<InvalidOperationException>(() => step.Check(loss));
    }

    [TestMethod]
    public void Step_ThatWasForgottenIsEndedByTheNext()
    {
        var history = new RecordingHistory();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { History = [history] });
        var forgotten = guard.Begin(run.Batches[0].X, run.Batches[0].Y);
        var isChecked = guard.Begin(run.Batches[1].X, run.Batches[1].Y);
        using var loss = run.Loss(run.Batches[1]);
        loss.backward();
        Assert.IsTrue(isChecked.Check(loss));
        Assert.IsTrue(guard.Step(run.Batches[2], run.Loss).IsTaken);
        Assert.Throws<InvalidOperationException>(() => forgotten.Check(loss));
        forgotten.Dispose();
        isChecked.Dispose();
        // One without a check has nothing to record.
        CollectionAssert.AreEqual(new long[] { 1, 2 }, history.Steps.Select(s => s.Step).ToArray());
        Assert.AreEqual(3, guard.Steps);
    }

    [TestMethod]
    public void Step_OfAGuardThatWasDisposedIsOver()
    {
        using var run = new GuardedRun();
        var guard = run.Attach();
        var step = guard.Begin(run.Batches[0].X, run.Batches[0].Y);
        guard.Dispose();
        using var loss = run.Loss(run.Batches[0]);
        Assert.Throws<InvalidOperationException>(() => step.Check(loss));
        step.Dispose();
    }

    [TestMethod]
    public void Output_HandedOverIsReadWhereTheRootWasNotCalled()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { SampleEvery = 1 });
        // As on held-out rows before training: this is not what the steps return.
        run.Model.call(run.Batches[1].X).Dispose();
        using (var step = guard.Begin(run.Batches[0].X, run.Batches[0].Y))
        {
            using var logits = run.Model.forward(run.Batches[0].X);
            using var loss = F.cross_entropy(logits, run.Batches[0].Y);
            loss.backward();
            Assert.IsTrue(step.Check(loss, logits));
        }

        Assert.AreEqual(4, guard.Window.Output!.Width);
        Assert.IsFalse(guard.Report.NotChecked.Any(n => n.Reason.Contains("no output was handed over")));
        Assert.IsTrue(guard.Report.NotChecked.Any(n => n.Reason.Contains("Step can replay")));
    }

    [TestMethod]
    public void Gradients_OfAStepThatIsNotTakenDoNotStayForALoopThatZeroesAfterItsSteps()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach();
        var taken = new List<bool>();
        for (var i = 0; i < 6; i++)
        {
            using var scope = NewDisposeScope();
            var batch = i == 2 ? run.Bad : run.Batches[i];
            using var step = guard.Begin(batch.X, batch.Y);
            var loss = run.Loss(batch);
            loss.backward();
            taken.Add(step.Check(loss));
            if (!taken[^1])
                continue;
            run.Optimizer.step();
            run.Optimizer.zero_grad();
        }

        CollectionAssert.AreEqual(new[] { true, true, false, true, true, true }, taken);
    }
}
