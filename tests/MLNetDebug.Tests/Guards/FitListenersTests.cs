using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards;

/// <summary>Each fit hears its own trainer only, and a listener that throws costs neither the process nor the training.</summary>
[TestClass]
public sealed class FitListenersTests
{
    private static readonly StockRows Rows = StockRows.Draw(200, 5);

    // A trainer skips a row whose feature is missing, and warns.
    private static readonly StockRows Skipped = Rows.WithFeature(0, (v, i) => i == 7 ? float.NaN : v);

    private readonly MLContext _ml = new(1);

    private static GuardOptions Quiet => new() { Data = DataChecks.None, CheckModel = false, Diagnostics = new DiagnosticsOptions { Sinks = [], FailOn = Severity.None } };

    [TestMethod]
    public void Two_fits_in_one_context_at_once_keep_their_warnings_apart()
    {
        using var isTraining = new ManualResetEventSlim();
        using var hasWarned = new ManualResetEventSlim();
        var clean = _ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive).Guard(Quiet);
        var skips = _ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive).Guard(Quiet);
        var waiting = new WatchedView(Rows.ToView(), _ =>
        {
            isTraining.Set();
            hasWarned.Wait(TimeSpan.FromSeconds(60));
        });
        var first = Task.Run(() => clean.Fit(waiting));
        Assert.IsTrue(isTraining.Wait(TimeSpan.FromSeconds(60)));
        skips.Fit(Skipped.ToView());
        hasWarned.Set();
        Assert.IsNotNull(first.GetAwaiter().GetResult());
        Assert.IsTrue(skips.LastRun!.Warnings.Any(OfMissing));
        Assert.IsFalse(clean.LastRun!.Warnings.Any(OfMissing));
    }

    [TestMethod]
    public void What_worker_threads_say_is_the_fits_own()
    {
        var trainer = _ml.BinaryClassification.Trainers.SdcaLogisticRegression(new() { LabelColumnName = StockRows.Positive, NumberOfThreads = 2, MaximumNumberOfIterations = 4 });
        var guarded = trainer.Guard(Quiet);
        guarded.Fit(Skipped.ToView());
        Assert.IsTrue(guarded.LastRun!.Warnings.Any(OfMissing));
    }

    [TestMethod]
    public void A_listener_that_throws_is_told_nothing_more_and_the_fit_goes_on()
    {
        var told = 0;
        var throwing = new Throwing(() => told++);
        var guarded = _ml.Regression.Trainers.Sdca(StockRows.Target, maximumNumberOfIterations: 6).Guard(Quiet with { Signals = throwing });
        Assert.IsNotNull(guarded.Fit(Rows.ToView()));
        Assert.AreEqual(1, told);
        Assert.IsNotEmpty(guarded.LastRun!.Signals);
        Assert.Contains("InvalidTimeZoneException (the bar broke)", guarded.LastRun.NotObserved.Single());
    }

    private static bool OfMissing(string warning) => warning.Contains("missing", StringComparison.OrdinalIgnoreCase);

    private sealed class Throwing(Action told) : IProgress<FitSignal>
    {
        public void Report(FitSignal value)
        {
            told();
            throw new InvalidTimeZoneException("the bar broke");
        }
    }
}
