using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards;

/// <summary>Who listens to signals hears every loss that a trainer reports, once and in order, and while it still trains.</summary>
[TestClass]
public sealed class CheckpointTellerTests
{
    [TestMethod]
    public void Signals_HoldEveryLossOnceAndInOrder()
    {
        var heard = new Heard();
        var trainer = StockTrainers.Named("SdcaRegression");
        // Slow enough that ticks fall between its checkpoints.
        var heardMeanwhile = false;
        var rows = new WatchedView(StockRows.Draw(300).ToView(), row =>
        {
            heardMeanwhile |= row % 100 == 0 && heard.All.Any(s => s.Loss is not null);
            Thread.Sleep(row % 100 == 0 ? 5 : 0);
        });
        var model = trainer.Guarded(new MLContext(1), new GuardOptions { Data = DataChecks.None, CheckModel = false, Signals = heard, Diagnostics = new DiagnosticsOptions { Sinks = [] } });
        model.Fit(rows);
        var run = ((GuardedTrainer<Microsoft.ML.Data.RegressionPredictionTransformer<Microsoft.ML.Trainers.LinearRegressionModelParameters>, Microsoft.ML.Trainers.LinearRegressionModelParameters>)model).LastRun!;
        var expected = run.Signals.Where(s => s.Loss is not null).Select(s => (s.Iteration, s.Loss)).ToArray();
        Assert.IsGreaterThan(2, expected.Length, "SDCA reports its loss whenever it looks whether it has converged.");
        CollectionAssert.AreEqual(expected, heard.All.Where(s => s.Loss is not null).Select(s => (s.Iteration, s.Loss)).ToArray());
        Assert.IsTrue(heardMeanwhile, "Losses are heard while rows are still read.");
    }

    private sealed class Heard : IProgress<FitSignal>
    {
        private readonly List<FitSignal> _all = [];

        public FitSignal[] All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        public void Report(FitSignal value)
        {
            lock (_all)
                _all.Add(value);
        }
    }
}
