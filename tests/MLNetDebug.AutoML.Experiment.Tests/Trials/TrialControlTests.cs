using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class TrialControlTests
{
    [TestMethod]
    public void Finish_CancelsThisTrialsToken_AndTheFirstReasonStays()
    {
        using var experiment = new CancellationTokenSource();
        using var trial = Control(new GuardedExperimentOptions(), experiment.Token);
        trial.Finish(TrialOutcome.Pruned, "first");
        trial.Finish(TrialOutcome.OutOfMemory, "second");
        Assert.IsTrue(trial.Token.IsCancellationRequested);
        Assert.IsFalse(experiment.IsCancellationRequested, "The experiment goes on.");
        Assert.AreEqual("first", trial.End!.Reason);
    }

    [TestMethod]
    public void TheExperimentsEnd_AndTheUsersToken_EndTheTrialWithoutAReasonOfItsOwn()
    {
        using var experiment = new CancellationTokenSource();
        using var user = new CancellationTokenSource();
        using var one = Control(new GuardedExperimentOptions(), experiment.Token);
        using var other = Control(new GuardedExperimentOptions { Guard = new GuardOptions { CancellationToken = user.Token } }, CancellationToken.None);
        experiment.Cancel();
        user.Cancel();
        Assert.IsTrue(one.Token.IsCancellationRequested && other.Token.IsCancellationRequested);
        Assert.IsNull(one.End);
    }

    [TestMethod]
    public void AfterItsEnd_NothingEndsItAgain()
    {
        var trial = Control(new GuardedExperimentOptions(), CancellationToken.None);
        trial.Dispose();
        trial.Finish(TrialOutcome.OutOfMemory, "too late");
        trial.Report(new FitSignal(TimeSpan.Zero) { Step = 1, Loss = 1 });
        Assert.IsNull(trial.End);
    }

    [TestMethod]
    public void AListenerThatThrows_IsToldNothingMore_AndEndsNothing()
    {
        var told = 0;
        var options = new GuardedExperimentOptions { Guard = new GuardOptions { Signals = new Throwing(() => told++) } };
        using var trial = Control(options, CancellationToken.None);
        trial.Report(new FitSignal(TimeSpan.Zero) { Step = 1, Loss = 1 });
        trial.Report(new FitSignal(TimeSpan.Zero) { Step = 2, Loss = 1 });
        Assert.AreEqual(1, told);
        Assert.IsNull(trial.End);
    }

    [TestMethod]
    public async Task FinishAfter_EndsItInTime()
    {
        using var trial = Control(new GuardedExperimentOptions(), CancellationToken.None);
        trial.FinishAfter(TimeSpan.FromMilliseconds(20), TrialOutcome.OutOfTime, "over");
        await Assert.ThrowsAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromMinutes(1), trial.Token));
        Assert.AreEqual(TrialOutcome.OutOfTime, trial.End!.Outcome);
    }

    [TestMethod]
    public void Guard_HasTheTrialsTokenAndTheLesserBudget_AndIsSilent()
    {
        var own = new GuardOptions { TimeBudget = TimeSpan.FromHours(1), MaxPasses = 7 };
        using var trial = Control(new GuardedExperimentOptions { Guard = own, TrialBudget = TimeSpan.FromMinutes(1) }, CancellationToken.None);
        var guard = trial.Guard();
        Assert.AreEqual(trial.Token, guard.CancellationToken);
        Assert.AreEqual(7, guard.MaxPasses);
        Assert.IsTrue(guard.TimeBudget <= TimeSpan.FromMinutes(1) && guard.TimeBudget > TimeSpan.FromSeconds(50));
        Assert.IsEmpty(guard.Diagnostics.Sinks!);
        Assert.IsNull(guard.Signals, "Nobody listens: the trainer is not asked.");
        using var unlimited = Control(new GuardedExperimentOptions { Guard = own }, CancellationToken.None);
        Assert.AreEqual(own.TimeBudget, unlimited.Guard().TimeBudget);
    }

    [TestMethod]
    public void Sinks_OfTheUser_AreKept()
    {
        var sinks = new[] { DiagnosticsSink.Default };
        using var trial = Control(new GuardedExperimentOptions { Guard = new GuardOptions { Diagnostics = new DiagnosticsOptions { Sinks = sinks } } }, CancellationToken.None);
        Assert.AreSame(sinks, trial.Guard().Diagnostics.Sinks);
    }

    [TestMethod]
    public void ABudgetThatIsOver_IsStillABudget()
    {
        using var trial = Control(new GuardedExperimentOptions { TrialBudget = TimeSpan.FromMilliseconds(1) }, CancellationToken.None);
        Thread.Sleep(10);
        Assert.AreEqual(TimeSpan.FromMilliseconds(1), trial.Guard().TimeBudget);
    }

    [TestMethod]
    public void Losses_AreHeldAgainstFinishedTrials()
    {
        var heard = new List<FitSignal>();
        var pruning = new PruningOptions { MinimumTrials = 2 };
        var options = new GuardedExperimentOptions { Pruning = pruning, Guard = new GuardOptions { Signals = new Listener(heard.Add) } };
        var rule = new MedianRule(pruning);
        for (var i = 0; i < 2; i++)
        {
            using var good = new TrialControl(Made.Trial(i), options, rule, CancellationToken.None);
            good.Guard().Signals!.Report(Loss(1, 0.5));
            good.Complete();
        }

        using var failed = new TrialControl(Made.Trial(2), options, rule, CancellationToken.None);
        failed.Report(Loss(1, 0.1));
        using var bad = new TrialControl(Made.Trial(3), options, rule, CancellationToken.None);
        bad.Report(Loss(1, double.NaN));
        bad.Report(new FitSignal(TimeSpan.Zero) { Loss = 9 });
        Assert.IsNull(bad.End, "A loss without a place, or that is none, says nothing.");
        bad.Report(Loss(1, 0.6));
        Assert.AreEqual(TrialOutcome.Pruned, bad.End!.Outcome);
        Assert.IsTrue(bad.Token.IsCancellationRequested);
        Assert.IsNull(failed.End);
        Assert.HasCount(6, heard, "The user's own listener hears everything.");
    }

    [TestMethod]
    public void LaterFolds_AreNotHeard()
    {
        var signals = new Listener(_ => { });
        using var trial = Control(new GuardedExperimentOptions { Pruning = new PruningOptions(), Guard = new GuardOptions { Signals = signals } }, CancellationToken.None, new MedianRule(new PruningOptions()));
        Assert.AreSame(trial, trial.Guard(isHeard: true).Signals);
        Assert.AreSame(signals, trial.Guard(isHeard: false).Signals);
    }

    private static TrialControl Control(GuardedExperimentOptions options, CancellationToken experiment, MedianRule? rule = null) => new(Made.Trial(), options, rule, experiment);

    private static FitSignal Loss(double iteration, double loss) => new(TimeSpan.Zero) { Iteration = iteration, Loss = loss };

    private sealed class Listener(Action<FitSignal> listen) : IProgress<FitSignal>
    {
        public void Report(FitSignal value) => listen(value);
    }

    private sealed class Throwing(Action told) : IProgress<FitSignal>
    {
        public void Report(FitSignal value)
        {
            told();
            throw new InvalidOperationException("the bar broke");
        }
    }
}
