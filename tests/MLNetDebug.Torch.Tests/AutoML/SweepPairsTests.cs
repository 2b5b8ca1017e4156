using MLNetDebug.Torch.Zoo.AutoML;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class SweepPairsTests
{
    [TestMethod]
    public void Splits_HaveFortyPairsEachAndShareNoBase()
    {
        var (calibrate, score) = (SweepPairs.Of(Split.Calibrate, 1), SweepPairs.Of(Split.Score, 1));
        Assert.AreEqual(40, score.Count);
        Assert.AreEqual(40, calibrate.Count);
        Assert.AreEqual(40, score.Select(p => p.Id).Distinct().Count());
        Assert.IsTrue(calibrate.All(p => p.Base.Split == Split.Calibrate) && score.All(p => p.Base.Split == Split.Score));
    }
}
