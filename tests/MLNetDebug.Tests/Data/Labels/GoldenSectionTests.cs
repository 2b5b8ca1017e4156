using CsCheck;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class GoldenSectionTests
{
    [TestMethod]
    public void The_minimum_of_a_parabola_is_found_wherever_it_lies() => Gen.Double[-9, 9].Sample(at =>
        Assert.AreEqual(at, GoldenSection.Minimum(x => (x - at) * (x - at), -10, 10, 40), 1e-6), iter: 200);

    [TestMethod]
    public void A_function_that_only_falls_has_it_at_the_end() => Assert.AreEqual(3, GoldenSection.Minimum(x => -x, 1, 3, 40), 1e-6);
}
