using CsCheck;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class LossCurveTests
{
    [TestMethod]
    public void MeanUntil_IsTheMeanOfAllLossesUpToThere() => Gen.Double[-5, 5].Array[1, 300].Sample(
        losses =>
        {
            var curve = new LossCurve();
            for (var i = 0; i < losses.Length; i++)
                Assert.IsTrue(curve.Add(i * 2, losses[i]));
            for (var at = 0; at < losses.Length; at++)
                Assert.AreEqual(losses.Take(at + 1).Average(), curve.MeanUntil((at * 2) + 1)!.Value, 1e-9);
            Assert.IsNull(curve.MeanUntil(-1));
            Assert.AreEqual(losses.Min(), curve.Best);
        },
        iter: 200,
        threads: 1);

    [TestMethod]
    public void StepsSeenAlready_AndNumbersThatAreNone_AreLeftOut()
    {
        var curve = new LossCurve();
        Assert.IsTrue(curve.Add(1, 4));
        Assert.IsFalse(curve.Add(1, 100));
        Assert.IsFalse(curve.Add(0.5, 100));
        Assert.IsFalse(curve.Add(2, double.NaN));
        Assert.IsFalse(curve.Add(2, double.NegativeInfinity));
        Assert.IsFalse(curve.Add(double.PositiveInfinity, 1));
        Assert.IsFalse(curve.Add(double.NaN, 1));
        Assert.IsTrue(curve.Add(2, 2));
        Assert.AreEqual(3.0, curve.MeanUntil(2));
        Assert.AreEqual(2.0, curve.Best);
    }

    [TestMethod]
    public void LongCurves_KeepFewPoints_AndTheirMeansStayThoseOfAllLosses()
    {
        var curve = new LossCurve();
        var sum = 0.0;
        var means = new double[200_000];
        for (var i = 0; i < means.Length; i++)
        {
            curve.Add(i, Math.Sin(i) + (i / 50_000.0));
            sum += Math.Sin(i) + (i / 50_000.0);
            means[i] = sum / (i + 1);
        }

        for (var at = 5_000; at < means.Length; at += 977)
            Assert.AreEqual(means[at], curve.MeanUntil(at)!.Value, 0.01, $"at {at}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = means.Length; i < 2 * means.Length; i++)
            curve.Add(i, 1);
        Assert.IsLessThan(64 * 1024, GC.GetAllocatedBytesForCurrentThread() - before, "Memory does not grow with the steps.");
    }
}
