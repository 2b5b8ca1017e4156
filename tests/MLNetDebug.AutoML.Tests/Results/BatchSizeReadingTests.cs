using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Tests.Search;

namespace MLNetDebug.AutoML.Tests.Results;

[TestClass]
public sealed class BatchSizeReadingTests
{
    private static readonly SweepOptions Options = new() { Metric = SweepMetric.Accuracy, Repeats = 3, Epochs = 10 };

    private static readonly TrialRecord[] Search = [Trials.Of(0, 0.9, batch: 16, epochs: 10) with { Steps = 800 }, Trials.Of(1, 0.8, batch: 256, epochs: 10) with { Steps = 50 }];

    private static TrialSet Read(Func<TrialPlan, int, TrialRecord?> run) =>
        BatchSizeReading.Of([.. Search, .. BatchSizeArms.Of(Search, Options).Plans.Select((p, i) => run(p with { Number = i + 2 }, i)).OfType<TrialRecord>()], Options);

    private static TrialRecord Whole(TrialPlan plan, double test, long steps = 0) => new(plan) { State = TrialState.Completed, Metric = 0.5, TestMetric = test, Steps = steps };

    [TestMethod]
    public void Of_ReadsTheArms_PairedBySeed()
    {
        var set = Read((p, i) => Whole(p, (p.Arm == BatchSizeArms.SmallArm ? 0.9 : 0.8) + (0.01 * (i / 3)), p.Arm == BatchSizeArms.LargeEqualEpochs ? 50 : 800));
        Assert.IsNull(set.NotMeasured);
        CollectionAssert.AreEqual(new[] { 0.9, 0.91, 0.92 }, set.Small!.TestMetrics.ToArray());
        Assert.AreEqual((16, 10, 800L), (set.Small.Parameters.BatchSize, set.Small.Epochs, set.Small.Updates));
        Assert.AreEqual((256, 10, 50L, 160), (set.LargeEqualEpochs!.Parameters.BatchSize, set.LargeEqualEpochs.Epochs, set.LargeEqualEpochs.Updates, set.LargeEqualUpdates!.Epochs));
        Assert.AreEqual(0.1, set.AtEqualEpochs!.Mean, 1e-12);
        Assert.AreEqual(3, set.AtEqualUpdates!.Count);
    }

    [TestMethod]
    public void Of_WhereLowerIsBetter_GivesTheAdvantageOfTheSmallOne()
    {
        var set = Read((p, i) => Whole(p, (p.Arm == BatchSizeArms.SmallArm ? 0.2 : 0.3) + (0.01 * (i / 3)))) with { Metric = SweepMetric.Loss };
        Assert.AreEqual(0.1, set.AtEqualEpochs!.Mean, 1e-12);
    }

    [TestMethod]
    public void Of_ARunThatDied_IsNotANumber_AndIsSaidWhereItMatters()
    {
        var one = Read((p, i) => i == 2 ? new TrialRecord(p) { State = TrialState.Failed, Reason = "too hot" } : Whole(p, 0.5 + (0.01 * i)));
        Assert.IsTrue(double.IsNaN(one.LargeEqualUpdates!.TestMetrics[0]));
        Assert.AreEqual(2, one.AtEqualUpdates!.Count);
        StringAssert.Contains(one.NotMeasured!, "1 of 9 runs of the arms did not come to their end (large batch, equal updates: too hot)");
        var all = Read((p, i) => p.Arm == BatchSizeArms.LargeEqualUpdates ? new TrialRecord(p) { State = TrialState.Failed, Reason = "too hot" } : Whole(p, 0.5 + (0.01 * i)));
        Assert.IsNull(all.AtEqualUpdates);
        StringAssert.Contains(all.NotMeasured!, "(large batch, equal updates: too hot)");
        Assert.IsNotNull(all.AtEqualEpochs);
    }

    [TestMethod]
    public void Of_ArmsThatSeedsDoNotChange_AreNoEvidence()
    {
        var set = Read((p, _) => Whole(p, p.Arm == BatchSizeArms.SmallArm ? 0.9 : 0.8));
        Assert.IsNull(set.AtEqualEpochs);
        StringAssert.Contains(set.NotMeasured!, "its seeds change nothing");
        Assert.AreEqual(set.NotMeasured, BatchSizeWords.Of(set), "no empty sentence stands before it");
    }

    [TestMethod]
    public void Of_ArmsThatWereSparedForWantOfTestRows_SaysSo()
    {
        var set = Read((p, i) => i == 0 ? Whole(p, double.NaN) : null);
        Assert.IsNull(set.LargeEqualEpochs);
        StringAssert.Contains(set.NotMeasured!, "no test rows");
    }

    [TestMethod]
    public void Words_WhereNeitherCanBeSaid_AreWhyNot()
    {
        var set = Read((p, _) => new TrialRecord(p) { State = TrialState.Failed, Reason = "too hot" });
        StringAssert.Contains(set.NotMeasured!, "too hot");
        Assert.AreEqual(set.NotMeasured, BatchSizeWords.Of(set));
    }

    [TestMethod]
    public void Of_SaysWhyNothingWasMeasured()
    {
        StringAssert.Contains(Read((p, _) => Whole(p, double.NaN)).NotMeasured!, "no test rows");
        StringAssert.Contains(Read((_, _) => null).NotMeasured!, "fewer than two seeds");
        StringAssert.Contains(BatchSizeReading.Of(Search[..1], Options).NotMeasured!, "no large batch learnt");
        StringAssert.Contains(BatchSizeReading.Of(Search[1..], Options).NotMeasured!, "no small batch learnt");
        StringAssert.Contains(BatchSizeReading.Of(Search, Options with { CompareBatchSizes = false }).NotMeasured!, "not asked for");
        StringAssert.Contains(BatchSizeReading.Of(Search, Options with { Space = new() { BatchSizes = [64] } }).NotMeasured!, "no small (16 to 32)");
    }
}
