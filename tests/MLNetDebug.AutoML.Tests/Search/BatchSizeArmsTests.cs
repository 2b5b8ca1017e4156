using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class BatchSizeArmsTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Repeats = 2, Epochs = 10 };

    private static readonly TrialRecord Small = Trials.Of(0, 0.9, batch: 16, rate: 0.1) with { Steps = 750 };

    private static readonly TrialRecord Large = Trials.Of(1, 0.8, batch: 256, rate: 0.4) with { Steps = 50 };

    [TestMethod]
    public void Of_PlansThreeArms_PairedBySeed()
    {
        var arms = BatchSizeArms.Of([Small, Large], Options);
        CollectionAssert.AreEqual(
            new[]
            {
                ("small batch", 16, 10, 0), ("large batch, equal epochs", 256, 10, 0), ("large batch, equal updates", 256, 150, 0),
                ("small batch", 16, 10, 1), ("large batch, equal epochs", 256, 10, 1), ("large batch, equal updates", 256, 150, 1),
            },
            arms.Plans.Select(p => (p.Arm, p.Parameters.BatchSize, p.Epochs, p.Seed == Seeds.OfRepeat(1, 0) ? 0 : p.Seed == Seeds.OfRepeat(1, 1) ? 1 : -1)).ToArray());
        Assert.IsTrue(arms.Plans.All(p => p.Kind == TrialKind.Arm));
    }

    [TestMethod]
    public void Of_WithoutSteps_TakesTheRatioOfTheBatches() =>
        Assert.AreEqual(160, BatchSizeArms.Of([Small with { Steps = 0 }, Large], Options).Plans[2].Epochs);

    [TestMethod]
    public void Of_TakesTheBestWholeTrial_AndAPrunedOneOnlyWhereThereIsNone()
    {
        var better = Trials.Of(2, 0.95, state: TrialState.Pruned, batch: 32, rate: 0.2);
        Assert.AreSame(Small, BatchSizeArms.Of([Small, Large, better], Options).Small);
        Assert.AreSame(better, BatchSizeArms.Of([Large, better], Options).Small);
        Assert.IsNull(BatchSizeArms.Of([Large, better with { Findings = [Trials.Doom] }], Options).Small);
        Assert.IsEmpty(BatchSizeArms.Of([Large], Options).Plans);
        Assert.AreSame(Large, BatchSizeArms.Of([Small, Large, Trials.Of(3, 0.99, batch: 1024), Trials.Of(4, 0.99, batch: 64)], Options).Large, "neither small nor large");
    }

    [TestMethod]
    public void Of_ATrialThatIsNoBetterThanAConstant_IsNoBest()
    {
        var trivial = Trials.Of(2, 0.95, state: TrialState.Failed, batch: 32);
        Assert.IsNull(BatchSizeArms.Of([Large, trivial], Options).Small);
    }

    [TestMethod]
    public void Of_ATrialThatStoppedEarly_CountsItsStepsByTheEpochsItTook()
    {
        // 5 of 10 epochs, 75 steps each.
        var early = Small with { Steps = 375, Points = [new TrialPoint(1, 0.8, 75), new TrialPoint(5, 0.9, 375)] };
        Assert.AreEqual(150, BatchSizeArms.Of([early, Large], Options).Plans[2].Epochs);
    }

    [TestMethod]
    public void Of_StopsBehindTheFirstArmWithoutATestMetric()
    {
        TrialRecord Run(double test) => new(BatchSizeArms.Of([Small, Large], Options).Plans[0] with { Number = 2 }) { State = TrialState.Completed, Metric = 0.9, TestMetric = test };
        Assert.AreEqual(BatchSizeArms.SmallArm, BatchSizeArms.Of([Small, Large, Run(double.NaN)], Options).Plans.Single().Arm);
        Assert.HasCount(6, BatchSizeArms.Of([Small, Large, Run(0.9)], Options).Plans);
        Assert.HasCount(6, BatchSizeArms.Of([Small, Large, Run(double.NaN) with { State = TrialState.Failed }], Options).Plans, "a run that died says nothing of the others");
    }

    [TestMethod]
    public void RunOf_TakesAConfirmationForAnArm()
    {
        var plan = BatchSizeArms.Of([Small, Large], Options).Plans[0];
        var run = new TrialRecord(plan with { Number = 5, Kind = TrialKind.Confirmation, Arm = "trial 0" });
        Assert.AreSame(run, BatchSizeArms.RunOf([Small, Large, run], plan));
        Assert.IsNull(BatchSizeArms.RunOf([Small, Large, run with { Plan = run.Plan with { Epochs = 150 } }], plan));
        Assert.IsNull(BatchSizeArms.RunOf([Small, Large, run with { Plan = run.Plan with { Seed = 7 } }], plan));
        Assert.IsNull(BatchSizeArms.RunOf([Small, Large, run with { Plan = run.Plan with { Kind = TrialKind.Search } }], plan), "the search's own trial was chosen for its luck");
    }

    [TestMethod]
    public void AreMeant_WhereTheSpaceHasBoth()
    {
        bool With(params int[] sizes) => BatchSizeArms.AreMeant(Options with { Space = new() { BatchSizes = sizes } });
        Assert.IsTrue(With(16, 128) && With(32, 512) && With(8, 20, 300));
        Assert.IsFalse(With(8, 128) || With(16, 64) || With(16, 1024) || With(33, 127) || With());
        Assert.IsFalse(BatchSizeArms.AreMeant(Options with { CompareBatchSizes = false }));
    }
}
