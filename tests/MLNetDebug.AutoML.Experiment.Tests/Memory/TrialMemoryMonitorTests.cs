using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class TrialMemoryMonitorTests
{
    private static readonly TimeSpan Seldom = TimeSpan.FromHours(1);

    private double _memory = 100;

    [TestMethod]
    public void AboveTheLimit_TheTrialEnds_AndAutoMLsTokenIsLeftAlone()
    {
        using var automl = new CancellationTokenSource();
        var (end, _) = Run(limit: 200, during: monitor => Tell(monitor, 250, automl));
        Assert.AreEqual(TrialOutcome.OutOfMemory, end!.Outcome);
        Assert.Contains("250 MB", end.Reason);
        Assert.Contains("limit of 200 MB", end.Reason);
        Assert.IsFalse(automl.IsCancellationRequested, "AutoML takes a trial whose token it has cancelled for the end of the experiment.");
    }

    [TestMethod]
    [DataRow(200.0, 200.0)]
    [DataRow(null, 1e9)]
    public void BelowTheLimit_OrWithoutOne_ItGoesOn(double? limit, double peak) => Assert.IsNull(Run(limit, during: monitor => Tell(monitor, peak)).End);

    [TestMethod]
    public void AnotherTrialsMeasure_EndsNothing() => Assert.IsNull(Run(limit: 200, during: monitor => Tell(monitor, 900, trial: 7)).End);

    [TestMethod]
    public void WhatTheProcessCannotGiveBack_IsNotTheTrialsFault()
    {
        _memory = 400;
        Assert.IsNull(Run(limit: 200, during: monitor => Tell(monitor, 410)).End);
        var (end, _) = Run(limit: 200, during: monitor => Tell(monitor, 500));
        Assert.Contains("could not give back", end!.Reason);
    }

    [TestMethod]
    public void Peaks_AreThoseOfTheTrial()
    {
        var (_, peak) = Run(limit: null, during: monitor =>
        {
            _memory = 900;
            monitor.Start();
            _memory = 300;
            monitor.Pause();
        });
        Assert.AreEqual(900.0, peak);
    }

    [TestMethod]
    public void Samples_ComeByThemselves()
    {
        var guard = new ExperimentGuard(new GuardedExperimentOptions());
        using var monitor = new TrialMemoryMonitor(guard, null, TimeSpan.FromMilliseconds(10), TrialMemoryMonitor.WorkingSet);
        using var three = new CountdownEvent(3);
        monitor.PerformanceMetricsUpdated += (_, metrics) =>
        {
            if (metrics.PeakMemoryUsage > 1 && metrics.PeakCpuUsage >= 0 && !three.IsSet)
                three.Signal();
        };
        guard.RunnerOf(new FakeServices(), _ => (() => new FakeRunner(Made.Result(1)), true));
        monitor.Start();
        Assert.IsTrue(three.Wait(TimeSpan.FromSeconds(30)));
        monitor.Stop();
        Assert.IsGreaterThan(1, monitor.GetPeakMemoryUsageInMegaByte()!.Value);
        Assert.IsNotNull(monitor.GetPeakCpuUsage());
    }

    [TestMethod]
    [DataRow(null, 300.0, true)]
    [DataRow(400.0, 300.0, false)]
    public async Task TheLimit_IsTheOptions_ElseAutoMLsOwn(double? options, double peak, bool ends)
    {
        var settings = Made.Settings();
        settings.MaximumMemoryUsageInMegaByte = 200;
        var guard = new ExperimentGuard(new GuardedExperimentOptions { MaximumMemoryInMegabytes = options is null ? null : TrialMemoryMonitor.WorkingSet() + 1e6 });
        var inner = new FakeRunner((_, ct) =>
        {
            ct.ThrowIfCancellationRequested();
            return Made.Result(1);
        });
        using var monitor = guard.MonitorOf(new FakeServices(settings));
        var runner = guard.RunnerOf(new FakeServices(settings), _ => (() =>
        {
            // Far above what either limit allows the process to have had before.
            monitor.OnPerformanceMetricsUpdatedHandler(Made.Trial(), new TrialPerformanceMetrics { PeakMemoryUsage = options is null ? 1e9 : peak }, new CancellationTokenSource());
            return inner;
        }, true));
        monitor.Start();
        monitor.Pause();
        if (ends)
            await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(), CancellationToken.None));
        else
            await runner.RunAsync(Made.Trial(), CancellationToken.None);
        Assert.AreEqual(ends ? TrialOutcome.OutOfMemory : TrialOutcome.Completed, guard.Reports.Single().Outcome);
    }

    private (TrialEnd? End, double? Peak) Run(double? limit, Action<TrialMemoryMonitor> during)
    {
        var guard = new ExperimentGuard(new GuardedExperimentOptions());
        using var monitor = new TrialMemoryMonitor(guard, limit, Seldom, () => _memory);
        var end = default(TrialEnd);
        var runner = guard.RunnerOf(new FakeServices(), _ => (() => new FakeRunner((_, _) =>
        {
            during(monitor);
            end = guard.Current!.End;
            return Made.Result(1);
        }), true));
        monitor.Start();
        runner.RunAsync(Made.Trial(), CancellationToken.None).GetAwaiter().GetResult();
        return (end, monitor.GetPeakMemoryUsageInMegaByte());
    }

    private static void Tell(TrialMemoryMonitor monitor, double peak, CancellationTokenSource? automl = null, int trial = 0) =>
        monitor.OnPerformanceMetricsUpdatedHandler(Made.Trial(trial), new TrialPerformanceMetrics { PeakMemoryUsage = peak }, automl ?? new CancellationTokenSource());
}
