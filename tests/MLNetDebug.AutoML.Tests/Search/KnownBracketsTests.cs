using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class KnownBracketsTests
{
    private static readonly TrialRecord Small = Tested(16, new() { Moves = 0.01, Suggested = 0.02, DivergesLow = 0.1, DivergesHigh = 1 });
    private static readonly TrialRecord Large = Tested(256, new() { Moves = 0.04, Suggested = 0.32, DivergesLow = 0.4, DivergesHigh = double.PositiveInfinity });

    [TestMethod]
    public void Of_PutsWhatWasNotTestedBetweenItsNeighbours()
    {
        var all = KnownBrackets.Of([Small, Large], [16, 64, 256, 512]);
        Assert.AreSame(Small.Bracket, all[16]);
        // 64 is the geometric middle of 16 and 256.
        Assert.AreEqual(0.02, all[64].Moves, 1e-12);
        Assert.AreEqual(0.08, all[64].Suggested, 1e-12);
        Assert.AreEqual((0.1, double.PositiveInfinity), (all[64].DivergesLow, all[64].DivergesHigh));
        Assert.AreSame(Large.Bracket, all[512]);
    }

    [TestMethod]
    public void Of_NothingTested_KnowsNothing() => Assert.IsEmpty(KnownBrackets.Of([], [16, 32]));

    [TestMethod]
    public void Of_AFailedTest_KnowsNothing() => Assert.IsEmpty(KnownBrackets.Of([Small with { Bracket = null, State = TrialState.Failed }], [16, 32]));

    [TestMethod]
    public void Nearest_IsByTheRatioOfTheSizes()
    {
        Assert.AreSame(Small.Bracket, KnownBrackets.Nearest([Small, Large], 32));
        Assert.AreSame(Large.Bracket, KnownBrackets.Nearest([Small, Large], 128));
        Assert.IsNull(KnownBrackets.Nearest([], 128));
    }

    private static TrialRecord Tested(int size, LearningRateBracket bracket) =>
        new(new TrialPlan(0, TrialKind.RangeTest, new TrialParameters([new(TrialParameters.BatchSizeName, size)]), 1, 0)) { State = TrialState.Completed, Bracket = bracket };
}
