using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ExperimentRunTests
{
    [TestMethod]
    public void LastTrial_IsTheOneThatAutoMLStopsAfter()
    {
        var run = new ExperimentRun(new FakeServices(Made.Settings(maxModels: 2)));
        run.Begin();
        Assert.IsFalse(run.IsLastTrial);
        run.Begin();
        Assert.IsTrue(run.IsLastTrial);
    }

    [TestMethod]
    [DataRow(3u, 2.8, 2.91)]
    [DataRow(1000u, 998.0, 999.01)]
    public void TimeLeft_IsALittleLessThanAutoMLs(uint seconds, double from, double to)
    {
        var settings = Made.Settings();
        settings.MaxExperimentTimeInSeconds = seconds;
        var left = new ExperimentRun(new FakeServices(settings)).TimeLeft!.Value.TotalSeconds;
        Assert.IsTrue(left > from && left < to, $"{left}");
    }

    [TestMethod]
    public void HugeTimes_AreNoLimit()
    {
        var settings = Made.Settings();
        settings.MaxExperimentTimeInSeconds = uint.MaxValue;
        Assert.IsNull(new ExperimentRun(new FakeServices(settings)).TimeLeft);
        Assert.IsNull(new ExperimentRun(new FakeServices()).TimeLeft);
    }

    [TestMethod]
    public void Services_AreThoseOfAutoML_AndEachMayBeAbsent()
    {
        var monitor = new FakeMonitor();
        var run = new ExperimentRun(new FakeServices(monitor, new SmacTuner(), new FakeMetric("LogLossReduction", isMaximize: false)));
        Assert.AreSame(monitor, run.Monitor);
        Assert.AreEqual(TunerKind.Smac, run.Tuner);
        Assert.IsTrue(run.IsMaximized);
        var none = new ExperimentRun(new FakeServices());
        Assert.IsNull(none.Monitor);
        Assert.IsNull(none.IsMaximized);
        Assert.AreEqual(TunerKind.Other, none.Tuner);
        Assert.IsFalse(none.IsLastTrial);
        Assert.IsNull(none.Get<IDatasetManager>());
    }
}
