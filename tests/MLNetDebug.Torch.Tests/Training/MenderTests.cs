using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Actions;
using MLNetDebug.Torch.Training.Signals;
using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class MenderTests
{
    [TestMethod]
    public void Findings_ThatAreNotConfirmedWarningsAreNotActedOn()
    {
        using var bench = new Bench();
        bench.Losses(20, 1);
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([]));
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge, Confidence.Suspected)]));
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge, severity: Severity.Info)]));
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([Bench.Finding(RuleIds.FixedBatchOrder)]));
        Assert.AreEqual(0, bench.Told.Count);
        Assert.IsNull(bench.Mender.LastActionStep);
    }

    [TestMethod]
    public void RateTooLarge_RollsBackAndDividesTheRateByThrees()
    {
        using var bench = new Bench();
        bench.Losses(20, 1);
        var start = bench.Run.Bits();
        bench.Run.Plain(3);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge)]));
        CollectionAssert.AreEqual(start, bench.WithoutGradients());
        var thirds = bench.Thirds;
        Assert.AreEqual(Math.Round(thirds), thirds, 1e-9);
        Assert.IsTrue(thirds is >= 1 and <= 3);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge)]));
        Assert.IsTrue(bench.Thirds > thirds);
        Assert.AreEqual(19, bench.Mender.LastActionStep);
        CollectionAssert.AreEqual(new[] { TrainingEventKind.RolledBack, TrainingEventKind.RateLowered, TrainingEventKind.RolledBack, TrainingEventKind.RateLowered }, bench.Told);
    }

    [TestMethod]
    [DataRow(RuleIds.LearningRateTooLarge, 0.003, 2)]
    [DataRow(RuleIds.LearningRateTooLarge, 0.1, 3)]
    [DataRow(RuleIds.LearningRateTooLarge, 30, 4)]
    [DataRow(RuleIds.ExplodingGradient, 0.003, 1)]
    [DataRow(RuleIds.ExplodingGradient, 0.1, 3)]
    public void Thirds_AreAsManyAsTheFirstUpdateCallsFor(string rule, double rate, int thirds)
    {
        using var bench = new Bench(optimizer: "Adam");
        bench.Step(rate);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(rule)]));
        Assert.AreEqual(thirds, bench.Thirds, 1e-9);
    }

    [TestMethod]
    public void Thirds_AreFewWhereTheRunGoesBackToWhatTheRateHasLearned()
    {
        using var bench = new Bench(optimizer: "Adam");
        bench.Step(30);
        bench.Mender.Good!.At(50, 0.1);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge)]));
        Assert.AreEqual(2, bench.Thirds, 1e-9);
    }

    [TestMethod]
    public void Mends_AreLimited()
    {
        using var bench = new Bench(maxMends: 4);
        bench.Losses(20, 1);
        var mends = 0;
        for (; bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge)]) == StepDecision.RolledBack; mends++)
            Assert.IsTrue(mends < 4);
        Assert.IsTrue(mends > 0);
        // Each third counts.
        Assert.AreEqual(4, bench.Thirds, 1e-9);
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge)]));
        // A step that is not finite is never taken.
        Assert.AreEqual(StepDecision.Skip, bench.Mender.DecideNonFinite(Incident(NonFiniteDirection.Parameter), 7));
    }

    [TestMethod]
    public void Spike_PassesTheBatchOver_AndClipsFromTheSecondOn()
    {
        using var bench = new Bench();
        bench.Losses(30, 1);
        bench.Norms(20, 2);
        bench.Losses(1, 5);
        Assert.AreEqual(StepDecision.Skip, bench.Mender.Decide([Bench.Finding(RuleIds.LossSpike)]));
        Assert.IsNull(bench.Clipper.Limit);
        CollectionAssert.AreEqual(new[] { TrainingEventKind.Skipped }, bench.Told);
        Assert.AreEqual(StepDecision.Skip, bench.Mender.Decide([Bench.Finding(RuleIds.LossSpike)]));
        Assert.AreEqual(2, bench.Clipper.Limit!.Value, 1e-9);
        CollectionAssert.AreEqual(new[] { TrainingEventKind.Skipped, TrainingEventKind.Skipped, TrainingEventKind.Clipped }, bench.Told);
    }

    [TestMethod]
    [DataRow(1.0, 12.0)]
    [DataRow(-10.0, 25.0)]
    public void Spike_OfWeightsThatAreSpoiltRollsBack(double usual, double high)
    {
        using var bench = new Bench();
        bench.Losses(30, usual);
        bench.Losses(15, high);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.LossSpike)]));
    }

    [TestMethod]
    public void Spike_OfALossBelowZeroIsPassedOver()
    {
        using var bench = new Bench();
        bench.Losses(30, -10);
        bench.Losses(1, -2);
        Assert.AreEqual(StepDecision.Skip, bench.Mender.Decide([Bench.Finding(RuleIds.LossSpike)]));
    }

    [TestMethod]
    public void ExplodingGradient_IsClippedFirstAndRolledBackWhereThatDidNotHelp()
    {
        using var bench = new Bench();
        bench.Losses(30, 1);
        bench.Norms(20, 3);
        bench.Norms(1, 300);
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([Bench.Finding(RuleIds.ExplodingGradient)]));
        // The gradient at hand is none of those that it is measured by.
        Assert.AreEqual(3, bench.Clipper.Limit!.Value, 1e-9);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.ExplodingGradient)]));
    }

    [TestMethod]
    public void ExplodingGradient_BeforeThereIsAHistoryIsRolledBack()
    {
        using var bench = new Bench();
        bench.Norms(3, 3);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.ExplodingGradient)]));
    }

    [TestMethod]
    public void RateTooLarge_StandsAboveTheRest()
    {
        using var bench = new Bench();
        bench.Losses(30, 1);
        bench.Norms(20, 2);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.Decide([Bench.Finding(RuleIds.LossSpike), Bench.Finding(RuleIds.ExplodingGradient), Bench.Finding(RuleIds.LearningRateTooLarge)]));
        Assert.IsNull(bench.Clipper.Limit);
    }

    [TestMethod]
    [DataRow(NonFiniteDirection.Input, 5, "Skip")]
    [DataRow(NonFiniteDirection.Forward, 1, "Skip")]
    [DataRow(NonFiniteDirection.Forward, 2, "RolledBack")]
    [DataRow(NonFiniteDirection.Backward, 1, "Skip")]
    [DataRow(NonFiniteDirection.Parameter, 1, "RolledBack")]
    [DataRow(NonFiniteDirection.Update, 1, "RolledBack")]
    [DataRow(NonFiniteDirection.Unknown, 1, "Skip")]
    public void NonFinite_IsPassedOverOnceAndRolledBackWhereTheWeightsAreToBlame(NonFiniteDirection direction, int inRow, string expected)
    {
        using var bench = new Bench();
        bench.Losses(20, 1);
        Assert.AreEqual(expected, bench.Mender.DecideNonFinite(Incident(direction), inRow).ToString());
    }

    [TestMethod]
    public void NonFinite_BehindALossThatClimbedRollsBackAtOnce()
    {
        using var bench = new Bench();
        bench.Losses(20, 1);
        bench.Losses(15, 40);
        Assert.AreEqual(StepDecision.RolledBack, bench.Mender.DecideNonFinite(null, 1));
    }

    [TestMethod]
    public void Rollback_ThatCannotBeDoneLeavesABadStepOut()
    {
        using var bench = new Bench(withGood: false);
        bench.Losses(20, 1);
        bench.Losses(15, 40);
        Assert.AreEqual(StepDecision.Skip, bench.Mender.DecideNonFinite(null, 2));
        Assert.AreEqual(StepDecision.Skip, bench.Mender.Decide([Bench.Finding(RuleIds.LossSpike)]));
        Assert.AreEqual(StepDecision.Take, bench.Mender.Decide([Bench.Finding(RuleIds.LearningRateTooLarge)]));
        Assert.AreEqual(1, bench.Rates.Factor);
    }

    private static NonFiniteIncident Incident(NonFiniteDirection direction) => new() { Step = 3, Direction = direction, Seen = "loss" };

    private sealed class Bench : IDisposable
    {
        private readonly GoodSnapshot _good;

        public Bench(int maxMends = 5, bool withGood = true, string optimizer = "Momentum")
        {
            Run = new(optimizer: optimizer, rate: 1e-3);
            Run.Plain(1);
            foreach (var parameter in Run.Model.parameters())
                parameter.grad = null;
            Signals = new TrainingSignals(Run.Model, [Run.Optimizer], 10);
            Rates = new RateControl([Run.Optimizer]);
            _good = new GoodSnapshot(Run.Model, [Run.Optimizer]);
            Mender = new Mender(Signals, Rates, Clipper, maxMends, (kind, _, _) => Told.Add(kind)) { Good = withGood ? _good : null };
        }

        public GuardedRun Run { get; }

        public TrainingSignals Signals { get; }

        public RateControl Rates { get; }

        public GradientClipper Clipper { get; } = new(GradientClip.ByNorm);

        public Mender Mender { get; }

        public List<TrainingEventKind> Told { get; } = [];

        public double Thirds => Math.Log(1 / Rates.Factor, 3);

        public void Losses(int count, double loss)
        {
            for (var i = 0; i < count; i++)
            {
                Signals.Begin([]);
                Signals.Loss.Add(Signals.Step, loss);
            }
        }

        /// <summary>A step whose update is sampled.</summary>
        public void Step(double rate)
        {
            foreach (var group in Run.Optimizer.ParamGroups)
                group.LearningRate = rate;
            Signals.Begin([]);
            Run.Plain(Run.Batches[0]);
            Signals.AfterBackward(1, null, null);
            Signals.AfterUpdate(true);
        }

        public void Norms(int count, double norm)
        {
            for (var i = 0; i < count; i++)
                Signals.GradientNorms.Add(norm);
        }

        public byte[] WithoutGradients()
        {
            foreach (var parameter in Run.Model.parameters())
                parameter.grad = null;
            return Run.Bits();
        }

        public static Finding Finding(string id, Confidence confidence = Confidence.Confirmed, Severity severity = Severity.Warning) => new()
        {
            Rule = new RuleDescriptor(id, id, id, RuleCategory.Gradients, severity, ProofKind.Fact),
            Severity = severity,
            Confidence = confidence,
            Subject = new Subject(SubjectKind.Run, "Net"),
            Message = id,
        };

        public void Dispose()
        {
            Signals.Dispose();
            Rates.Dispose();
            _good.Dispose();
            Run.Dispose();
        }
    }
}
