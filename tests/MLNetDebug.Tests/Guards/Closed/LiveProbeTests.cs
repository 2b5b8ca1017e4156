using Microsoft.ML;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Closed;

/// <summary>A network watched while it trains: a stand-in with the names and the order of events of the real trainers, really trained.</summary>
[TestClass]
public sealed class LiveProbeTests
{
    private static readonly Letters Rows = Letters.Draw(60);

    [TestMethod]
    public void HealthyRun_ShowsEveryStep_AndIsNotFlagged()
    {
        var guarded = ClosedFits.Text();
        var model = guarded.Fit(Rows.ToClasses());
        var run = guarded.LastRun!;
        // 60 rows in batches of 8: seven full ones and one of four, three times.
        Assert.HasCount(24, run.Signals);
        CollectionAssert.AreEqual(Enumerable.Range(0, 24).Select(i => (long?)i).ToArray(), run.Signals.Select(s => s.Step).ToArray());
        CollectionAssert.AreEqual(Enumerable.Range(0, 24).Select(i => (int?)(i / 8)).ToArray(), run.Signals.Select(s => s.Epoch).ToArray());
        Assert.IsTrue(run.Signals.All(s => s.LearningRate == 0.5 && s.NonFiniteTensors == 0 && s.GradientNorm > 0));
        Assert.IsLessThan(run.Signals[0].Loss!.Value, run.Signals[^1].Loss!.Value);
        Assert.IsEmpty(run.NotObserved);
        var report = model.DiagnosticReports().Single();
        Assert.AreEqual(Severity.None, report.Findings.Where(f => f.Severity >= Severity.Warning).Select(f => f.Severity).DefaultIfEmpty(Severity.None).Max());
    }

    [TestMethod]
    public void Loss_IsTheTrainersOwn()
    {
        // With LogEveryNStep = 1 the stand-in writes the sum over the batch, as the real trainers' losses are; the guard shows the mean.
        var logged = new List<double>();
        var ml = new MLContext(1);
        ml.Log += (_, e) =>
        {
            if (LoggedLoss.TryRead(e.RawMessage, out var loss))
                logged.Add(loss);
        };
        var guarded = ClosedFits.Text(new StandInOptions { LogEveryNStep = 1, MaxEpoch = 1 }, ml: ml);
        guarded.Fit(Rows.ToClasses());
        var sizes = new[] { 8, 8, 8, 8, 8, 8, 8, 4 };
        for (var i = 0; i < 8; i++)
            Assert.AreEqual(logged[i] / sizes[i], guarded.LastRun!.Signals[i].Loss!.Value, 1e-5);
    }

    [TestMethod]
    public void Watching_ChangesNoWeight_AndLeavesNoHook()
    {
        var plain = new TextClassificationTrainer(new MLContext(1), new StandInOptions()).Fit(Rows.ToClasses());
        var watched = ClosedFits.Text(guard: ClosedFits.Quiet with { OnDivergence = DivergenceAction.KeepBest }).Fit(Rows.ToClasses());
        CollectionAssert.AreEqual(plain.Fitted.Head.Weight.Values, watched.Fitted.Head.Weight.Values);
        Assert.AreEqual(0, watched.Fitted.Head.Hooks);
    }

    [TestMethod]
    public void NaNTarget_EndsAtItsStep_WithTheFirstTensorNamed()
    {
        float[] targets = [.. Rows.Keys.Select(k => k - 1f)];
        targets[20] = float.NaN;
        var rows = Rows with { Targets = targets };
        // The label rules would stop it before: they are silenced, to see what the live guard does.
        var guard = ClosedFits.Quiet with { Diagnostics = new DiagnosticsOptions { Sinks = [], Silence = [RuleIds.MissingLabel] } };
        var guarded = ClosedFits.Similarity(guard: guard);
        var finding = ClosedFits.Refused(() => guarded.Fit(rows.ToTargets())).Of(RuleIds.FitDiverged).Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        // Row 20 stands in the third batch.
        Assert.AreEqual(2, finding.Subject.Step);
        Assert.Contains("its loss is NaN", finding.Message);
        Assert.AreEqual(FitOutcome.Diverged, guarded.LastRun!.Outcome);
    }

    [TestMethod]
    public void FarTooLargeRate_EndsInTheFirstSteps()
    {
        var guard = ClosedFits.Quiet with { Diagnostics = new DiagnosticsOptions { Sinks = [], Silence = [RuleIds.OptionOutOfRange] } };
        var finding = ClosedFits.Refused(new StandInOptions { LearningRate = [1e6] }, guard: guard).Of(RuleIds.FitDiverged).Single();
        Assert.AreEqual(0, finding.Subject.Step);
        Assert.Contains("times what it began with", finding.Message);
    }

    [TestMethod]
    public void KeepBest_GoesBackToTheBestEpoch()
    {
        // One row turns bad once two epochs are through: the source itself changes, as a file being written does.
        var spoilt = false;
        float[] targets = [.. Rows.Keys.Select(k => k - 1f)];
        var source = new WatchedTargets(Rows, row => spoilt && row == 40 ? 1e30f : targets[row]);
        var guard = ClosedFits.Quiet with { OnDivergence = DivergenceAction.KeepBest, Signals = new Told(s => spoilt |= s.Epoch == 2) };
        var guarded = ClosedFits.Similarity(new StandInOptions { LearningRate = [0.05], MaxEpoch = 6 }, guard);
        var model = guarded.Fit(source.ToView());
        Assert.AreEqual(FitOutcome.Diverged, guarded.LastRun!.Outcome);
        Assert.IsNotNull(guarded.LastRun.RestoredEpoch);
        Assert.IsTrue(model.Fitted.Head.Weight.Values.All(float.IsFinite));
        var finding = model.DiagnosticReports().Single().Of(RuleIds.FitDiverged).Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains($"weights of epoch {guarded.LastRun.RestoredEpoch} put back", finding.Message);
        Assert.IsEmpty(model.DiagnosticReports().Single().Of(RuleIds.DeadModel));
    }

    [TestMethod]
    public void Stop_KeepsTheModel_AtTheNextRow()
    {
        using var stop = new CancellationTokenSource();
        var signals = new List<FitSignal>();
        var guard = ClosedFits.Quiet with
        {
            StopToken = stop.Token,
            Signals = new Told(s =>
            {
                signals.Add(s);
                if (s.Step == 9)
                    stop.Cancel();
            }),
        };
        var guarded = ClosedFits.Text(new StandInOptions { MaxEpoch = 50 }, guard);
        Assert.IsNotNull(guarded.Fit(Rows.ToClasses()));
        Assert.AreEqual(FitOutcome.Stopped, guarded.LastRun!.Outcome);
        Assert.HasCount(10, signals);
    }

    [TestMethod]
    public void ValidationAccuracy_IsThatOfEveryRow()
    {
        var guarded = ClosedFits.Text(new StandInOptions { MaxEpoch = 20, ValidationSet = Letters.Draw(200, 9).ToClasses() });
        var fact = guarded.Fit(Rows.ToClasses()).DiagnosticReports().Single().Facts.Single(f => f.Name == "validation: accuracy over all rows");
        Assert.IsGreaterThan(0.7, fact.Value);
    }

    [TestMethod]
    public void UnknownTorchSharp_IsSaid_AndNothingBreaks()
    {
        // These two show neither TorchSharp nor an object that trains.
        var trainer = new NerTrainer(new MLContext(1), new StandInOptions { Sentence1ColumnName = "Sentence1" });
        var model = trainer.Guard(ClosedFits.Quiet with { Data = DataChecks.None }).Fit(Rows.ToClasses());
        Assert.IsEmpty(model.DiagnosticReports().Single().Of(RuleIds.FitDiverged));
        Assert.IsTrue(TorchAccess.Of(typeof(LiveProbeTests).Assembly) is null);
    }

    private sealed class Told(Action<FitSignal> told) : IProgress<FitSignal>
    {
        public void Report(FitSignal value) => told(value);
    }
}
