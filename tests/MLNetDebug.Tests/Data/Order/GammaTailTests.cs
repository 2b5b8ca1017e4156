using MathNet.Numerics.Distributions;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class GammaTailTests
{
    [TestMethod]
    [DataRow(19.0, 30.0)]
    [DataRow(1.0, 6.6)]
    [DataRow(400.0, 520.0)]
    public void A_chi_squares_moments_give_its_tail(double degrees, double x) =>
        Assert.AreEqual(1 - ChiSquared.CDF(degrees, x), GammaTail.Upper(x, degrees, 2 * degrees), 1e-9);

    [TestMethod]
    public void Large_shapes_go_on_where_small_ones_end()
    {
        // Below and above a shape of 10,000 two methods are used; seen at 4 standard deviations they agree to a few per cent.
        static double At(double shape) => GammaTail.Upper(shape + 4 * Math.Sqrt(shape), shape, shape);
        Assert.AreEqual(1, At(10_001) / At(9_999), 0.02);
        Assert.AreEqual(1, At(1e12) / GammaTail.NormalUpper(4), 0.02);
    }

    [TestMethod]
    public void Nothing_to_test_gives_one()
    {
        Assert.AreEqual(1, GammaTail.Upper(5, 4, 0));
        Assert.AreEqual(1, GammaTail.Upper(5, double.NaN, 1));
        Assert.AreEqual(1, GammaTail.Upper(-1, 4, 2));
        Assert.AreEqual(1, GammaTail.NormalTwoSided(double.NaN));
    }

    [TestMethod]
    public void Far_tails_stay_in_range()
    {
        Assert.IsInRange(0, 1e-100, GammaTail.Upper(1e6, 20, 40));
        Assert.IsInRange(0, 1e-100, GammaTail.NormalTwoSided(-40));
    }
}
