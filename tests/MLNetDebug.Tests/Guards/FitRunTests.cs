using Microsoft.ML;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards;

/// <summary>Each way a fit can end, and what stands in the run and in the report of it.</summary>
[TestClass]
public sealed class FitRunTests
{
    private static readonly StockRows Rows = StockRows.Draw(200, 5);

    private readonly MLContext _ml = new(1);

    private static GuardOptions Quiet => new() { Data = DataChecks.None, CheckModel = false, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    public void Completed()
    {
        var guarded = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, numberOfIterations: 3).Guard(Quiet);
        guarded.Fit(Rows.ToView());
        var run = guarded.LastRun!;
        Assert.AreEqual((FitOutcome.Completed, StopReason.None), (run.Outcome, run.StopReason));
        var facts = guarded.LastReport!.Facts.ToDictionary(f => f.Name, f => f.Value);
        Assert.AreEqual(run.Passes, facts["training: passes"]);
        Assert.AreEqual(run.Rows, facts["training: rows"]);
        Assert.AreEqual(run.Elapsed, guarded.LastReport.Timings.Single(t => t.Name == "Fit").Elapsed);
    }

    [TestMethod]
    public void Stopped()
    {
        var guarded = _ml.Regression.Trainers.Sdca(StockRows.Target).Guard(Quiet with { MaxPasses = 4 });
        Assert.IsNotNull(guarded.Fit(Rows.ToView()));
        Assert.AreEqual((FitOutcome.Stopped, StopReason.PassBudget), (guarded.LastRun!.Outcome, guarded.LastRun.StopReason));
        Assert.AreEqual(4 * 200, guarded.LastRun.Rows);
    }

    [TestMethod]
    public void Cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var guarded = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(Quiet with { CancellationToken = cancel.Token });
        Assert.Throws<OperationCanceledException>(() => guarded.Fit(new CancellingView(Rows.ToView(), cancel, atRow: 70)));
        Assert.AreEqual((FitOutcome.Cancelled, StopReason.Cancelled), (guarded.LastRun!.Outcome, guarded.LastRun.StopReason));
        Assert.AreEqual(70, guarded.LastRun.Rows);
        Assert.IsNull(guarded.LastReport, "What was cancelled is not judged.");
    }

    [TestMethod]
    public void Failed()
    {
        var guarded = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(Quiet);
        Assert.ThrowsExactly<DiagnosticException>(() => guarded.Fit(Rows.ToView((_, _) => float.NaN)));
        Assert.AreEqual(FitOutcome.Failed, guarded.LastRun!.Outcome);
        Assert.AreEqual(1, guarded.LastReport!.Facts.Single(f => f.Name == "training: passes").Value);
    }

    [TestMethod]
    public void Diverged_even_where_it_was_asked_to_stop_and_cancelled_where_the_user_did()
    {
        foreach (var (cancels, expected) in new[] { (false, FitOutcome.Diverged), (true, FitOutcome.Cancelled) })
        {
            using var source = new CancellationTokenSource();
            var options = Quiet with
            {
                CancellationToken = cancels ? source.Token : default,
                StopToken = cancels ? default : source.Token,
                // The step whose loss is NaN is told of before it is judged.
                Signals = new Telling(s => source.Cancel()),
            };
            float[] targets = [.. Enumerable.Repeat(float.NaN, 40)];
            var guarded = new SentenceSimilarityTrainer(_ml, new StandInOptions { LearningRate = [0.05] }).Guard(options);
            Assert.Throws<Exception>(() => guarded.Fit((Letters.Draw(40) with { Targets = targets }).ToTargets()));
            Assert.AreEqual(expected, guarded.LastRun!.Outcome);
            Assert.AreEqual(0L, guarded.LastRun.NonFinite!.Step);
        }
    }

    private sealed class Telling(Action<FitSignal> tell) : IProgress<FitSignal>
    {
        public void Report(FitSignal value) => tell(value);
    }
}
