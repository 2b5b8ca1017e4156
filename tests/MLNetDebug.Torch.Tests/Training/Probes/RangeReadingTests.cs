using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Probes;

namespace MLNetDebug.Torch.Tests.Training.Probes;

/// <summary>Marks on curves by numbers alone.</summary>
[TestClass]
public sealed class RangeReadingTests
{
    [TestMethod]
    public void Valley_HasItsMarksWhereItFallsAndClimbs()
    {
        // Flat to 1e-4, down to 1e-2, almost flat to 1e-1, then up.
        var reading = Read(r => r < -4 ? 2 : r < -2 ? 2 + (-4 - r) * 0.75 : r < -1 ? 0.5 - (0.01 * (2 + r)) : 0.5 + (1 + r));
        Assert.AreEqual(-3.8, Math.Log10(reading.Moves), 0.1);
        Assert.AreEqual(-2.5, Math.Log10(reading.Suggested), 0.15);
        Assert.AreEqual(-1, Math.Log10(reading.Diverges), 0.15);
    }

    [TestMethod]
    public void Noise_AloneHasNoMarks()
    {
        var random = new Random(4);
        foreach (var smoothing in new[] { 0.5, 0.9, 0.98 })
        {
            var silent = Enumerable.Range(0, 500).Select(_ => Read(_ => 2 + (0.1 * random.NextDouble()), smoothing)).Count(r => double.IsNaN(r.Suggested) && double.IsNaN(r.Diverges));
            Assert.IsTrue(silent >= 475, $"{silent} of 500 at {smoothing}");
        }
    }

    [TestMethod]
    public void Fall_WithoutAClimbHasNoDivergence() => Assert.IsTrue(double.IsNaN(Read(r => r < -4 ? 2 : 2 + (-4 - r) * 0.3).Diverges));

    [TestMethod]
    public void Climb_WithoutAFallHasADivergenceAlone()
    {
        var reading = Read(r => r < -2 ? 2 : 2 + (4 * (r + 2)));
        Assert.IsTrue(double.IsNaN(reading.Moves) && double.IsNaN(reading.Suggested));
        Assert.AreEqual(-2, Math.Log10(reading.Diverges), 0.2);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    public void Curve_ThatEndsAtOnceSaysSo(int count)
    {
        double[] few = [.. Enumerable.Repeat(1.0, count)];
        var reading = RangeReading.Of(new LearningRateCurve { Rates = few, Losses = few, Smoothed = few, End = LearningRateCurveEnd.Diverged }, 100, 0.9);
        Assert.AreEqual(count == 0, double.IsNaN(reading.Diverges));
        Assert.IsTrue(double.IsNaN(reading.Suggested));
    }

    private static RangeReading Read(Func<double, double> lossAtLogRate, double smoothing = 0)
    {
        double[] logs = [.. Enumerable.Range(0, 101).Select(i => -7 + (8 * i / 100.0))];
        double[] losses = [.. logs.Select(lossAtLogRate)];
        var smoothed = new double[losses.Length];
        var (mean, weight) = (0.0, 0.0);
        for (var i = 0; i < losses.Length; i++)
        {
            (mean, weight) = ((smoothing * mean) + ((1 - smoothing) * losses[i]), (smoothing * weight) + 1 - smoothing);
            smoothed[i] = mean / weight;
        }

        return RangeReading.Of(new LearningRateCurve { Rates = [.. logs.Select(l => Math.Pow(10, l))], Losses = losses, Smoothed = smoothed }, 101, smoothing);
    }
}
