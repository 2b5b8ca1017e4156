using MLNetDebug.AutoML.Spaces;
using MLNetDebug.AutoML.Tests.Search;

namespace MLNetDebug.AutoML.Tests.Spaces;

[TestClass]
public sealed class DivergenceCapsTests
{
    private static readonly TrialFinding TooLarge = new(RuleIds.LearningRateTooLarge, Severity.Warning, "too large");

    [TestMethod]
    public void Caps_CarryToSmallerBatchesAsTheyAre_AndToLargerOnesByTheirRatio()
    {
        var caps = DivergenceCaps.Of([Dead(0, 0.5, 64)], [16, 64, 256]);
        Assert.AreEqual(0.5, caps[16]);
        Assert.AreEqual(0.5, caps[64]);
        Assert.AreEqual(2, caps[256]);
    }

    [TestMethod]
    public void Caps_TakeTheLowestThatNothingContradicts()
    {
        // At 1 a trial learnt: that one at 0.5 diverged was luck, that one at 3 did was not.
        var caps = DivergenceCaps.Of([Dead(0, 0.5, 64), Trial(1, 1, 64, TrialState.Completed), Dead(2, 3, 64)], [64]);
        Assert.AreEqual(3, caps[64]);
    }

    [TestMethod]
    public void Caps_DoNotBelieveOneThatCameToAConstantAnswer()
    {
        var trivial = Trial(1, 1, 64, TrialState.Failed) with { Metric = 0.1 };
        Assert.AreEqual(0.5, DivergenceCaps.Of([Dead(0, 0.5, 64), trivial], [64])[64]);
    }

    [TestMethod]
    public void Caps_BelieveALearnerOfASmallerBatchOnly()
    {
        var larger = DivergenceCaps.Of([Dead(0, 0.5, 64), Trial(1, 1, 256, TrialState.Completed)], [64]);
        Assert.AreEqual(0.5, larger[64]);
    }

    [TestMethod]
    public void Caps_AreLeftOutWhereNothingDiverged() =>
        Assert.IsEmpty(DivergenceCaps.Of([Trial(0, 1, 64, TrialState.Completed), Trial(1, 2, 64, TrialState.Pruned), Trial(2, 3, 64, TrialState.Failed)], [16, 64]));

    [TestMethod]
    public void Point_ThatIsNotFinite_IsASignToo()
    {
        var trial = Trial(0, 1, 64, TrialState.Failed) with { Points = [new TrialPoint(1, double.NaN, 0)] };
        Assert.AreEqual(1, DivergenceCaps.Of([trial], [64])[64]);
    }

    [TestMethod]
    public void Map_EndsAtTheCap_UnlessOtherOptionsMayMoveIt()
    {
        var space = new SearchSpace { BatchSizes = [64] };
        Assert.AreEqual(0.5, new SpaceMap(space, new Dictionary<int, LearningRateBracket>(), [Dead(0, 0.5, 64)]).Spans[64].High);
        Assert.AreEqual(10, new SpaceMap(space with { Options = [new NumberOption("momentum", 0, 1)] }, new Dictionary<int, LearningRateBracket>(), [Dead(0, 0.5, 64)]).Spans[64].High);
        Assert.AreEqual(10, new SpaceMap(space, new Dictionary<int, LearningRateBracket>(), [Dead(0, 1e-6, 64)]).Spans[64].High, "a cap below the space leaves it as it is");
    }

    private static TrialRecord Dead(int number, double rate, int batch) => Trial(number, rate, batch, TrialState.Pruned) with { Findings = [TooLarge] };

    private static TrialRecord Trial(int number, double rate, int batch, TrialState state) =>
        new(new TrialPlan(number, TrialKind.Search, new TrialParameters([new(TrialParameters.LearningRateName, rate), new(TrialParameters.BatchSizeName, batch)]), 1, 20)) { State = state, Metric = state == TrialState.Completed ? 0.9 : double.NaN };
}
