using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards;

/// <summary>What real trainers report of themselves reaches the run, in its order.</summary>
[TestClass]
public sealed class FitSignalTests
{
    private static readonly StockRows Rows = StockRows.Draw(300);

    private readonly MLContext _ml = new(1);

    private static GuardOptions Quiet => new() { Data = DataChecks.None, CheckModel = false, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    [TestMethod]
    public void Losses_of_sdca_by_iteration_are_signals()
    {
        var guarded = _ml.Regression.Trainers.Sdca(StockRows.Target, maximumNumberOfIterations: 6).Guard(Quiet);
        guarded.Fit(Rows.ToView());
        var run = guarded.LastRun!;
        Assert.IsNotEmpty(run.Signals);
        Assert.IsTrue(run.Signals.All(s => s.Loss is { } l && double.IsFinite(l) && s.Elapsed <= run.Elapsed && s.Elapsed >= TimeSpan.FromSeconds(-1)));
        double[] iterations = [.. run.Signals.Select(s => s.Iteration!.Value)];
        CollectionAssert.AreEqual(iterations.Order().ToArray(), iterations);
        Assert.IsLessThanOrEqualTo(6, iterations[^1]);
        Assert.IsTrue(run.Signals.All(s => s.Metrics.Count > 0 && s.Metrics.All(m => m.Name != "Loss")));
        Assert.IsEmpty(run.NotObserved);
    }

    [TestMethod]
    public void A_second_fit_has_the_signals_of_the_second_only()
    {
        var guarded = _ml.Regression.Trainers.Sdca(StockRows.Target, maximumNumberOfIterations: 4).Guard(Quiet);
        guarded.Fit(Rows.ToView());
        var first = guarded.LastRun!.Signals.Count;
        guarded.Fit(Rows.ToView());
        Assert.AreEqual(first, guarded.LastRun!.Signals.Count);
    }

    [TestMethod]
    public void Passes_and_rows_are_those_the_trainer_read()
    {
        var guarded = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target, numberOfIterations: 5).Guard(Quiet);
        guarded.Fit(Rows.ToView());
        var run = guarded.LastRun!;
        Assert.AreEqual(FitOutcome.Completed, run.Outcome);
        Assert.AreEqual("OnlineGradientDescentTrainer", run.Trainer);
        Assert.IsInRange(5, 7, run.Passes);
        Assert.AreEqual(300L * run.Passes, run.Rows);
        Assert.IsNull(run.NonFinite);
        Assert.IsNull(run.RestoredEpoch);
    }

    [TestMethod]
    public void Warnings_are_kept_one_of_a_kind()
    {
        // A row without its features is skipped, with one warning for each pass.
        var rows = Rows.WithFeature(0, (v, i) => i == 7 ? float.NaN : v);
        var guarded = _ml.BinaryClassification.Trainers.AveragedPerceptron(StockRows.Positive, numberOfIterations: 4).Guard(Quiet);
        guarded.Fit(rows.ToView());
        Assert.HasCount(guarded.LastRun!.Warnings.Distinct().Count(), guarded.LastRun.Warnings);
        Assert.IsTrue(guarded.LastRun.Warnings.Any(w => w.Contains("missing", StringComparison.OrdinalIgnoreCase)), string.Join("; ", guarded.LastRun.Warnings));
    }

    [TestMethod]
    public void Nothing_is_observed_of_a_trainer_without_a_host()
    {
        var guarded = new HostlessTrainer().Guard(Quiet);
        guarded.Fit(Rows.ToView());
        Assert.Contains("HostlessTrainer keeps no host", guarded.LastRun!.NotObserved.Single());
        Assert.IsEmpty(guarded.LastRun.Signals);
    }

    private sealed class HostlessTrainer : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("Copy", StockRows.Target).Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }
}
