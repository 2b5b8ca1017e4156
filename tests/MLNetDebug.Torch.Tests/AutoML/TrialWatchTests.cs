using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Torch.AutoML.Trials;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class TrialWatchTests
{
    private readonly List<TrialPoint> _points = [];

    [TestMethod]
    public void Epoch_ThatIsDoneAgainIsReportedOnce()
    {
        var watch = Watch();
        foreach (var epoch in new[] { 1, 2, 2, 3 })
        {
            watch.OnStep();
            watch.OnEpoch(new TrainedEpoch(epoch, 0.5, 0.1 * epoch, null));
        }

        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, _points.Select(p => p.Epoch).ToArray());
        CollectionAssert.AreEqual(new[] { 1L, 2, 4 }, _points.Select(p => p.Steps).ToArray());
        Assert.AreEqual(0.3, _points[2].Metric, 1e-12);
        Assert.AreEqual(4, watch.Steps);
    }

    [TestMethod]
    public void Finding_ThatDoomsEndsTheTrialBehindItsStep()
    {
        var watch = Watch();
        watch.OnStep();
        watch.OnFinding(DoomedTrialTests.Of(RuleIds.LossSpike));
        watch.OnStep();
        watch.OnFinding(DoomedTrialTests.Of(RuleIds.LearningRateTooLarge));
        var pruned = Assert.Throws<TrialPrunedException>(watch.OnStep);
        Assert.AreEqual(3, pruned.Steps);
        CollectionAssert.AreEqual(new[] { RuleIds.LossSpike, RuleIds.LearningRateTooLarge }, pruned.Findings.Select(f => f.Rule.Id).ToArray());
    }

    [TestMethod]
    public void Finding_AtTheEndOfAnEpochEndsTheTrialBehindItsPoint()
    {
        var watch = Watch();
        watch.OnStep();
        watch.OnFinding(DoomedTrialTests.Of(RuleIds.DeadModel));
        Assert.Throws<TrialPrunedException>(() => watch.OnEpoch(new TrainedEpoch(1, 0.5, 0.4, null)));
        Assert.AreEqual(1, _points.Count);
    }

    private TrialWatch Watch() => new(
        new TrialContext(new TrialPlan(0, TrialKind.Search, new TrialParameters([]), 1, 5), ChoiceTexts.None, _points.Add),
        new TrialMetric(SweepMetric.Accuracy, TorchTask.MulticlassClassification), 100, _ => (0, 0));
}
