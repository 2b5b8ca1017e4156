using MathNet.Numerics.Distributions;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class MatchedTailTests
{
    [TestMethod]
    [DataRow(2.0, 1.5)]
    [DataRow(30.0, -0.5)]
    [DataRow(400.0, 4)]
    public void The_upper_tail_is_the_chi_square_tail(double degrees, double z) =>
        Assert.AreEqual(1 - ChiSquared.CDF(degrees, degrees + z * Math.Sqrt(2 * degrees)), MatchedTail.Upper(z, degrees), 1e-10);

    [TestMethod]
    public void Many_degrees_are_normal_and_both_branches_meet()
    {
        Assert.AreEqual(1 - Normal.CDF(0, 1, 2), MatchedTail.Upper(2, double.PositiveInfinity), 1e-12);
        Assert.AreEqual(MatchedTail.Upper(2, 2e5), MatchedTail.Upper(2, 9e4), 5e-4);
    }

    [TestMethod]
    [DataRow(4, 3.0)]
    [DataRow(12, 6.0)]
    public void The_shifted_lower_tail_is_that_of_squared_shifted_normals(int degrees, double shift)
    {
        // Noncentrality: the mean of the sum of squares rises by it, shift in units of sqrt(2 v).
        var centre = Math.Sqrt(shift * Math.Sqrt(2.0 * degrees));
        var random = new Random(7);
        const int draws = 100_000;
        var limit = degrees + 1.0 * Math.Sqrt(2.0 * degrees);
        var below = 0;
        for (var i = 0; i < draws; i++)
        {
            double sum = 0;
            for (var d = 0; d < degrees; d++)
            {
                var value = Profiles.Gauss(random) + (d == 0 ? centre : 0);
                sum += value * value;
            }

            below += sum <= limit ? 1 : 0;
        }

        Assert.AreEqual((double)below / draws, MatchedTail.Below(1, degrees, shift), 0.005);
    }

    [TestMethod]
    public void A_value_below_the_support_rules_everything_out() => Assert.AreEqual(0, MatchedTail.Below(-9, 2, 1));
}
