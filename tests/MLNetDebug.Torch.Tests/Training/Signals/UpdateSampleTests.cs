using CsCheck;
using MLNetDebug.Torch.Training.Signals;

namespace MLNetDebug.Torch.Tests.Training.Signals;

[TestClass]
public sealed class UpdateSampleTests
{
    [TestMethod]
    public void The_ratio_is_that_of_norms_in_double_precision_at_every_scale() =>
        Gen.Select(Gen.Float[-1, 1].Array[1, 4096], Gen.OneOfConst(1e-30f, 1e-18f, 1e-6f, 1f, 1e12f, 1e30f), Gen.OneOfConst(0f, 1e-5f, 0.3f)).Sample((values, scale, by) =>
        {
            float[] before = [.. values.Select(v => v * scale)], now = [.. before.Select((v, i) => v + (v * by * (i % 3)))];
            using var sample = new UpdateSample(before.Length);
            sample.Take(before);
            var (moved, was) = (now.Zip(before, (n, b) => ((double)n - b) * ((double)n - b)).Sum(), before.Sum(b => (double)b * b));
            if (was > 0)
            {
                Assert.AreEqual(Math.Sqrt(moved / was), sample.Ratio(now), 1e-4 * Math.Sqrt(moved / was));
            }
            else
            {
                Assert.IsTrue(double.IsNaN(sample.Ratio(now)));
            }
        }, iter: 300);

    [TestMethod]
    public void Of_a_weight_of_0_nothing_is_told()
    {
        using var sample = new UpdateSample(3);
        sample.Take(new float[3]);
        Assert.IsTrue(double.IsNaN(sample.Ratio([1f, 0, 0])));
    }
}
