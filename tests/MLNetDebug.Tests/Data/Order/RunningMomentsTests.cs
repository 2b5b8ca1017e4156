using CsCheck;

using MathNet.Numerics.Statistics;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class RunningMomentsTests
{
    [TestMethod]
    public void Mean_variance_and_lag_are_those_of_the_whole_wherever_it_is_cut() =>
        Gen.Select(Gen.Double[-100, 100].Array[2, 60], Gen.Int[0, 60], Gen.Double[-1e6, 1e6]).Sample((values, at, offset) =>
        {
            double[] all = [.. values.Select(v => v + offset)];
            var cut = Math.Min(at, all.Length);
            var (moments, lags) = Of(all[..cut]);
            var (later, laterLags) = Of(all[cut..]);
            moments.Append(later);
            lags.Append(laterLags);

            var mean = all.Average();
            var squares = all.Sum(v => (v - mean) * (v - mean));
            Assert.AreEqual(mean, moments.Mean, 1e-6);
            Assert.AreEqual(all.Variance(), moments.Variance, 1e-5);
            var lag = Enumerable.Range(1, all.Length - 1).Average(i => (all[i] - mean) * (all[i - 1] - mean)) / (squares / all.Length);
            if (squares > 1e-3)
                Assert.AreEqual(Math.Clamp(lag, -1, 1), lags.Correlation(moments), 1e-4);
        });

    [TestMethod]
    public void No_values_have_no_mean()
    {
        Assert.IsTrue(double.IsNaN(default(RunningMoments).Mean));
        Assert.IsTrue(double.IsNaN(default(LagSums).Correlation(default)));
    }

    private static (RunningMoments Moments, LagSums Lags) Of(double[] values)
    {
        var moments = default(RunningMoments);
        var lags = default(LagSums);
        foreach (var value in values)
        {
            moments.Add(value);
            lags.Add(value);
        }

        return (moments, lags);
    }
}
