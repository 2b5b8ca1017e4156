using Microsoft.ML;
using Microsoft.ML.AutoML;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class GuardedTrialRunnerTests
{
    public static IEnumerable<object[]> Bad =>
    [
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => throw new InvalidOperationException("boom")), TrialOutcome.Failed],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => throw new OutOfMemoryException()), TrialOutcome.OutOfMemory],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => throw new OperationCanceledException()), TrialOutcome.Cancelled],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => null), TrialOutcome.Failed],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => Made.Result(double.NaN)), TrialOutcome.InvalidMetric],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => Made.Result(double.NegativeInfinity)), TrialOutcome.InvalidMetric],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => Made.Result(double.PositiveInfinity)), TrialOutcome.InvalidMetric],
        [(Func<TrialSettings, CancellationToken, TrialResult?>)((_, _) => Made.Result(1, double.NaN)), TrialOutcome.InvalidMetric],
    ];

    [TestMethod]
    [DynamicData(nameof(Bad))]
    public async Task BadTrials_BecomeFailedOnesWithAReason(object run, object outcome)
    {
        var (guard, runner) = Made.Runner(new FakeRunner((Func<TrialSettings, CancellationToken, TrialResult?>)run), null, Made.Settings(), new RandomSearchTuner());
        var e = await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(4), CancellationToken.None));
        Assert.AreSame(guard.Reports.Single(), e.Trial);
        Assert.AreEqual((TrialOutcome)outcome, e.Trial.Outcome);
        Assert.AreEqual(4, e.Trial.TrialId);
        Assert.IsFalse(string.IsNullOrWhiteSpace(e.Trial.Reason));
    }

    [TestMethod]
    public async Task AGoodTrial_PassesAsItIs()
    {
        var result = Made.Result(0.25);
        var (guard, runner) = Made.Runner(new FakeRunner(result));
        Assert.AreSame(result, await runner.RunAsync(Made.Trial(), CancellationToken.None));
        var report = guard.Reports.Single();
        Assert.AreEqual(TrialOutcome.Completed, report.Outcome);
        Assert.IsNull(report.Reason);
        Assert.AreEqual(0.25, report.Loss);
    }

    [TestMethod]
    public async Task WhatAutoMLReadsOfEveryResult_IsFilledIn()
    {
        var settings = Made.Trial(2);
        var (_, runner) = Made.Runner(new FakeRunner(new TrialResult { Loss = 1, Metric = 1 }));
        var result = await runner.RunAsync(settings, CancellationToken.None);
        Assert.AreSame(settings, result.TrialSettings);
        Assert.IsGreaterThan(0, result.DurationInMilliseconds);
    }

    [TestMethod]
    public async Task ADeadModel_NeverScores()
    {
        var ml = new MLContext(1);
        var (guard, runner) = Made.Runner(new FakeRunner(Made.Result(0, model: Models.Dead(ml))));
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(), CancellationToken.None));
        var report = guard.Reports.Single();
        Assert.AreEqual(TrialOutcome.Dead, report.Outcome);
        Assert.AreEqual(0.0, report.Loss, "What it claimed is written down.");
        Assert.HasCount(1, report.Report!.Of(RuleIds.DeadModel));
        var (healthy, again) = Made.Runner(new FakeRunner(Made.Result(0, model: Models.Healthy(ml))));
        await again.RunAsync(Made.Trial(), CancellationToken.None);
        Assert.AreEqual(TrialOutcome.Completed, healthy.Reports.Single().Outcome);
    }

    [TestMethod]
    public async Task ModelsAreLetBe_WhereTheUserSaysSo()
    {
        var (_, runner) = Made.Runner(new FakeRunner(Made.Result(0, model: Models.Dead(new MLContext(1)))), new GuardedExperimentOptions { Guard = new GuardOptions { CheckModel = false } });
        Assert.AreEqual(0, (await runner.RunAsync(Made.Trial(), CancellationToken.None)).Loss);
    }

    [TestMethod]
    public async Task Slow_IsEndedByTheTrialsBudget()
    {
        var inner = new FakeRunner((_, ct) =>
        {
            ct.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
            ct.ThrowIfCancellationRequested();
            return null;
        });
        var (guard, runner) = Made.Runner(inner, new GuardedExperimentOptions { TrialBudget = TimeSpan.FromMilliseconds(50) });
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(), CancellationToken.None));
        Assert.AreEqual(TrialOutcome.OutOfTime, guard.Reports.Single().Outcome);
        Assert.Contains("0.05 s", guard.Reports.Single().Reason!);
    }

    [TestMethod]
    public async Task LateButSound_StillCounts()
    {
        var inner = new FakeRunner((_, ct) =>
        {
            ct.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
            return Made.Result(1);
        });
        var (_, runner) = Made.Runner(inner, new GuardedExperimentOptions { TrialBudget = TimeSpan.FromMilliseconds(20) });
        Assert.AreEqual(1, (await runner.RunAsync(Made.Trial(), CancellationToken.None)).Loss);
    }

    [TestMethod]
    public async Task TheEndOfTheExperiment_IsPassedOn_AndIsNoFailure()
    {
        using var stop = new CancellationTokenSource();
        var (guard, runner) = Made.Runner(new FakeRunner((_, ct) =>
        {
            stop.Cancel();
            ct.ThrowIfCancellationRequested();
            return null;
        }), new GuardedExperimentOptions { GiveUpAfter = 1 }, Made.Settings(maxModels: 1));
        var e = await Assert.ThrowsExactlyAsync<OperationCanceledException>(() => runner.RunAsync(Made.Trial(), stop.Token));
        Assert.AreEqual(stop.Token, e.CancellationToken);
        Assert.AreEqual(TrialOutcome.Cancelled, guard.Reports.Single().Outcome);
    }

    [TestMethod]
    public async Task AGuardableRunner_GetsTheTrialsGuard()
    {
        var inner = new Guardable();
        var (guard, runner) = Made.Runner(inner, new GuardedExperimentOptions { Pruning = new PruningOptions { MinimumTrials = 1 }, TrialBudget = TimeSpan.FromMinutes(5), Guard = new GuardOptions { MaxPasses = 3 } });
        await runner.RunAsync(Made.Trial(0), CancellationToken.None);
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(1), CancellationToken.None));
        Assert.AreEqual(TrialOutcome.Pruned, guard.Reports[1].Outcome);
        Assert.IsTrue(inner.Last is { MaxPasses: 3, TimeBudget: not null });
    }

    [TestMethod]
    public void Runners_AreDisposedOf_WhereTheyAreTheTrialsOwn()
    {
        var inner = new FakeRunner(Made.Result(1));
        foreach (var isOwned in new[] { false, true })
        {
            var runner = new ExperimentGuard(new GuardedExperimentOptions()).RunnerOf(new FakeServices(), _ => (() => inner, isOwned));
            runner.Dispose();
            runner.RunAsync(Made.Trial(), CancellationToken.None).GetAwaiter().GetResult();
            runner.Dispose();
            runner.Dispose();
            Assert.AreEqual(isOwned ? 1 : 0, inner.Disposed);
        }
    }

    /// <summary>Shows a loss that is worse with each trial.</summary>
    private sealed class Guardable : IGuardableTrialRunner
    {
        public GuardOptions? Last { get; private set; }

        public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) => throw new NotSupportedException();

        public Task<TrialResult> RunAsync(TrialSettings settings, GuardOptions guard, CancellationToken ct)
        {
            Last = guard;
            guard.Signals!.Report(new FitSignal(TimeSpan.Zero) { Step = 0, Loss = settings.TrialId });
            ct.ThrowIfCancellationRequested();
            return Task.FromResult(Made.Result(settings.TrialId));
        }

        public void Dispose()
        {
        }
    }
}
