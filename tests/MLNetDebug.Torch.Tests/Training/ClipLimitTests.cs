using System.Globalization;
using CsCheck;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class ClipLimitTests
{
    [TestMethod]
    public void It_is_one_of_the_norms_with_two_digits_and_a_tenth_lies_above() => Norms().Sample(norms =>
    {
        var limit = ClipLimit.Of(norms);
        // Counted one by one: the largest norm that at least a tenth of the others reach.
        var slow = norms.Where(n => norms.Count(other => other < n) <= 0.9 * (norms.Length - 1)).Max();
        Assert.AreEqual(double.Parse(slow.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), limit);
        Assert.AreEqual(slow, limit, 0.051 * slow);
    }, iter: 500, threads: 1);

    [TestMethod]
    public void What_is_no_norm_is_left_out() => Norms().Sample(norms =>
        Assert.AreEqual(ClipLimit.Of(norms), ClipLimit.Of([double.NaN, 0, -3, .. norms, double.PositiveInfinity, 0, 0, 0])), iter: 200, threads: 1);

    [TestMethod]
    public void Where_nothing_is_known_it_is_1()
    {
        Assert.AreEqual(1, ClipLimit.Of([]));
        Assert.AreEqual(1, ClipLimit.Of([0, double.NaN, double.PositiveInfinity]));
        Assert.AreEqual(0.13, ClipLimit.Of([0.1256]));
        Assert.AreEqual(9, ClipLimit.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
        Assert.AreEqual(10, ClipLimit.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
        Assert.AreEqual(1.3e-7, ClipLimit.Of([1.26e-7]));
    }

    private static Gen<double[]> Norms() => Gen.Double[-9, 6].Select(e => Math.Pow(10, e)).Array[1, 150];
}
