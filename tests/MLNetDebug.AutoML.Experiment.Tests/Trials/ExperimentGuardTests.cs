using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Runtime;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ExperimentGuardTests
{
    [TestMethod]
    public async Task WhenAllTrialsFail_TheLastOneSaysSo()
    {
        var (guard, runner) = Failing(new GuardedExperimentOptions(), Made.Settings(maxModels: 3), new CostFrugalTuner());
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(i), CancellationToken.None));
        var e = await Assert.ThrowsExactlyAsync<ExperimentFailedException>(() => runner.RunAsync(Made.Trial(2), CancellationToken.None));
        CollectionAssert.AreEqual(guard.Reports.ToArray(), e.Trials.ToArray());
        Assert.Contains("boom", e.Message);
        Assert.Contains("default value", e.Message);
    }

    [TestMethod]
    public async Task AlsoWithSmac_WhichIsHandedResults()
    {
        var (_, runner) = Failing(new GuardedExperimentOptions(), Made.Settings(maxModels: 2), new SmacTuner());
        Assert.AreEqual(double.PositiveInfinity, (await runner.RunAsync(Made.Trial(0), CancellationToken.None)).Loss);
        var e = await Assert.ThrowsExactlyAsync<ExperimentFailedException>(() => runner.RunAsync(Made.Trial(1), CancellationToken.None));
        Assert.DoesNotContain("default value", e.Message);
    }

    [TestMethod]
    public async Task GiveUpAfter_EndsEarlier()
    {
        var (_, runner) = Failing(new GuardedExperimentOptions { GiveUpAfter = 2 }, Made.Settings());
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(0), CancellationToken.None));
        await Assert.ThrowsExactlyAsync<ExperimentFailedException>(() => runner.RunAsync(Made.Trial(1), CancellationToken.None));
    }

    [TestMethod]
    public async Task OneCompletedTrial_IsEnough()
    {
        var options = new GuardedExperimentOptions { GiveUpAfter = 1 };
        var (_, runner) = Made.Runner(new FakeRunner((s, _) => s.TrialId == 0 ? Made.Result(1) : throw new InvalidOperationException("boom")), options, Made.Settings(maxModels: 2));
        await runner.RunAsync(Made.Trial(0), CancellationToken.None);
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(1), CancellationToken.None));
    }

    [TestMethod]
    public async Task WhenTheTimeIsOver_WithNothingDone_ThatIsSaidBeforeAutoMLEndsIt()
    {
        var settings = Made.Settings();
        settings.MaxExperimentTimeInSeconds = 1;
        var (guard, runner) = Made.Runner(new FakeRunner((_, ct) =>
        {
            ct.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
            ct.ThrowIfCancellationRequested();
            return null;
        }), null, settings);
        var e = await Assert.ThrowsExactlyAsync<ExperimentFailedException>(() => runner.RunAsync(Made.Trial(), CancellationToken.None));
        Assert.Contains("time of the experiment was over", e.Message);
        Assert.AreEqual(TrialOutcome.Cancelled, guard.Reports.Single().Outcome);
    }

    [TestMethod]
    public async Task Failures_AreLogged_WithTheirReason()
    {
        var ml = new MLContext(1);
        var messages = new List<string>();
        ml.Log += (_, e) => messages.Add($"{e.Kind}: {e.RawMessage}");
        using var channel = ((IChannelProvider)ml).Start("AutoMLExperiment");
        var (_, runner) = Failing(new GuardedExperimentOptions(), Made.Settings(), channel);
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(5), CancellationToken.None));
        Assert.Contains("Trial 5 failed (Failed): InvalidOperationException: boom", messages.Single(m => m.StartsWith("Warning")));
    }

    [TestMethod]
    public async Task Listeners_HearOfEveryTrial()
    {
        var heard = new List<TrialReport>();
        var (guard, runner) = Made.Runner(new FakeRunner((s, _) => s.TrialId == 1 ? throw new InvalidOperationException("boom") : Made.Result(1)), new GuardedExperimentOptions { Trials = new Listener(heard.Add) }, Made.Settings());
        await runner.RunAsync(Made.Trial(0), CancellationToken.None);
        await Assert.ThrowsExactlyAsync<TrialFailedException>(() => runner.RunAsync(Made.Trial(1), CancellationToken.None));
        CollectionAssert.AreEqual(guard.Reports.ToArray(), heard);
    }

    [TestMethod]
    public void Current_IsTheRunningTrial()
    {
        var guard = new ExperimentGuard(new GuardedExperimentOptions());
        var seen = default(TrialControl);
        var runner = guard.RunnerOf(new FakeServices(), _ => (() => new FakeRunner((_, _) =>
        {
            seen = guard.Current;
            return Made.Result(1);
        }), true));
        runner.RunAsync(Made.Trial(9), CancellationToken.None).GetAwaiter().GetResult();
        Assert.AreEqual(9, seen!.Settings.TrialId);
        Assert.IsNull(guard.Current);
    }

    [TestMethod]
    public void NewServices_AreANewRun()
    {
        var guard = new ExperimentGuard(new GuardedExperimentOptions());
        var runs = new List<ExperimentRun>();
        var (first, second) = (new FakeServices(), new FakeServices());
        foreach (var services in new[] { first, first, second })
        {
            guard.RunnerOf(services, run =>
            {
                runs.Add(run);
                return (() => new FakeRunner(Made.Result(1)), true);
            });
        }

        Assert.AreSame(runs[0], runs[1]);
        Assert.AreNotSame(runs[0], runs[2]);
    }

    [TestMethod]
    public void AReplacedRunner_IsSeenBeforeTheTrial()
    {
        var guard = new ExperimentGuard(new GuardedExperimentOptions());
        guard.RunnerOf(new FakeServices(), _ => (() => new FakeRunner(Made.Result(1)), true));
        using (var monitor = guard.MonitorOf(new FakeServices()))
        {
            guard.RunnerOf(new FakeServices(), _ => (() => new FakeRunner(Made.Result(1)), true));
            monitor.Start();
        }

        using var replaced = guard.MonitorOf(new FakeServices());
        Assert.Contains("after SetPipeline", Assert.ThrowsExactly<InvalidOperationException>(replaced.Start).Message);
    }

    private static (ExperimentGuard Guard, GuardedTrialRunner Runner) Failing(GuardedExperimentOptions options, params object[] services) =>
        Made.Runner(new FakeRunner((_, _) => throw new InvalidOperationException("boom")), options, services);

    private sealed class Listener(Action<TrialReport> listen) : IProgress<TrialReport>
    {
        public void Report(TrialReport value) => listen(value);
    }
}
