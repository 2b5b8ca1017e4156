using System.ComponentModel.DataAnnotations;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class TrainingGuardOptionsTests
{
    [TestMethod]
    public void Errors_AllStandInOneMessage()
    {
        using var run = new GuardedRun();
        var message = Assert.Throws<ArgumentException>(() => run.Attach(new()
        {
            Policy = (TrainingPolicy)9,
            SampleEvery = 0,
            JudgeEvery = -1,
            StopAfterNonFinite = 0,
            SnapshotEvery = 0,
            MaxMends = 101,
            Clip = (GradientClip)7,
            Silence = ["MLD999"],
            Severities = new Dictionary<string, Severity> { ["MLD998"] = Severity.Info },
            RuleOptions = [new TestRuleOptions { Limit = -1 }],
            Rules = [new OfNetworks()],
        })).Message;
        foreach (var name in new[] { "Policy", "SampleEvery", "JudgeEvery", "StopAfterNonFinite", "SnapshotEvery", "MaxMends", "Clip", "MLD999", "MLD998", "Limit", "TEST1" })
            StringAssert.Contains(message, name);
    }

    [TestMethod]
    public void Lists_MustNotBeNullOrHoldNull()
    {
        using var run = new GuardedRun();
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => run.Attach(new() { Silence = null!, History = [null!], Rules = [null!], RuleOptions = null!, Severities = null! })).Message, "Silence, Severities, RuleOptions, Rules, History");
    }

    [TestMethod]
    public void Defaults_AreAccepted()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new());
        using var other = run.Attach(null);
    }

    [TestMethod]
    public void OwnRule_IsToldOncePerPlaceAndItsLastWordStands()
    {
        var told = new List<Finding>();
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { JudgeEvery = 2, Rules = [new OfTrainings()], OnFinding = told.Add });
        var found = 0;
        for (var i = 0; i < 8; i++)
            found += guard.Step(run.Batches[i], run.Loss).Found.Count(f => f.Rule.Id == "TEST2");
        Assert.AreEqual(1, found);
        Assert.AreEqual(1, told.Count(f => f.Rule.Id == "TEST2"));
        Assert.AreEqual(1, guard.Report.Of("TEST2").Count());
        Assert.AreEqual(1, guard.Events.Count(e => e.RuleId == "TEST2"));
    }

    [TestMethod]
    public void OwnRule_CanBeSilencedAndOverridden()
    {
        using var run = new GuardedRun();
        using (var silent = run.Attach(new() { JudgeEvery = 1, Rules = [new OfTrainings()], Silence = ["TEST2"] }))
        {
            run.Steps(silent, 2);
            Assert.IsFalse(silent.Report.Of("TEST2").Any());
        }

        using var loud = run.Attach(new() { JudgeEvery = 1, Rules = [new OfTrainings()], Severities = new Dictionary<string, Severity> { ["TEST2"] = Severity.Error } });
        run.Steps(loud, 2);
        Assert.AreEqual(Severity.Error, loud.Report.Of("TEST2").Single().Severity);
    }

    [TestMethod]
    public void OwnRule_OfWhateverConfidenceIsNotActedOn()
    {
        using var run = new GuardedRun();
        using var guard = run.Attach(new() { JudgeEvery = 1, Policy = TrainingPolicy.Mend, Rules = [new OfTrainings()] });
        run.Steps(guard, 4);
        Assert.IsFalse(guard.Events.Any(e => e.Kind != TrainingEventKind.Found));
    }

    [TestMethod]
    public void Progress_IsReportedWhereTheRulesJudge()
    {
        var progress = new Progresses();
        using var run = new GuardedRun(rate: 0.02);
        using var guard = run.Attach(new() { JudgeEvery = 4, Progress = progress });
        run.Steps(guard, 9);
        guard.EndEpoch(new Validation { Loss = 1.25, Accuracy = 0.5 });
        run.Steps(guard, 3);
        CollectionAssert.AreEqual(new long[] { 4, 8, 9, 12 }, progress.All.Select(p => p.Step).ToArray());
        Assert.AreEqual(0.02, progress.All[0].LearningRate);
        Assert.IsTrue(progress.All[0] is { Loss: > 0, GradientNorm: > 0, StepsPerEpoch: null });
        Assert.IsTrue(progress.All[^1] is { StepsPerEpoch: 9, StepInEpoch: 3, ValidationLoss: 1.25, ValidationAccuracy: 0.5, Epoch: 1 });
    }

    private sealed record TestRuleOptions : RuleOptions
    {
        [Range(0, 1)]
        public double Limit { get; init; }
    }

    private sealed class OfNetworks : Rule<MLNetDebug.Torch.Networks.NetworkProfile>
    {
        public override RuleDescriptor Descriptor { get; } = new("TEST1", "Test", "Test.", RuleCategory.Gradients, Severity.Warning, ProofKind.Fact);

        protected override void Judge(MLNetDebug.Torch.Networks.NetworkProfile measured, FindingSink sink)
        {
        }
    }

    private sealed class OfTrainings : Rule<TrainingWindow>
    {
        public override RuleDescriptor Descriptor { get; } = new("TEST2", "Test", "Test.", RuleCategory.Gradients, Severity.Warning, ProofKind.Fact);

        protected override void Judge(TrainingWindow measured, FindingSink sink) => sink.Report(new FindingDraft(new Subject(SubjectKind.Run, measured.Network), $"Step {measured.Step}."));
    }

    private sealed class Progresses : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }
}
