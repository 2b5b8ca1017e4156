using CsCheck;
using MLNetDebug.Torch.AutoML.Probes;

namespace MLNetDebug.Torch.Tests.AutoML;

[TestClass]
public sealed class DivergenceSearchTests
{
    [TestMethod]
    public void Boundary_LiesBetweenTheTwoRates() => Gen.Select(Gen.Double[-5, 1], Gen.Double[-6, 2]).Sample((boundary, guess) =>
    {
        var tried = 0;
        var (holds, diverges) = DivergenceSearch.Run(Math.Pow(10, guess), 1e-6, 100, rate =>
        {
            tried++;
            return Math.Log10(rate) < boundary;
        });
        var (low, high) = (Math.Log10(holds), Math.Log10(diverges));
        return low < boundary && boundary <= high && high - low <= 0.25 + 1e-9 && tried <= 3 + (2 * Math.Abs(guess - boundary));
    });

    [TestMethod]
    public void Ends_AreOpenWhereNothingHoldsOrEverythingDoes()
    {
        Assert.AreEqual((double.NaN, 1e-5), DivergenceSearch.Run(0.1, 1e-5, 10, _ => false));
        Assert.AreEqual((10, double.PositiveInfinity), DivergenceSearch.Run(0.1, 1e-5, 10, _ => true));
        Assert.AreEqual((10, double.PositiveInfinity), DivergenceSearch.Run(1000, 1e-5, 10, _ => true));
    }

    [TestMethod]
    public void Rates_BeyondTheSpaceAreNeverTried() => Gen.Double[-8, 4].Sample(guess =>
    {
        foreach (var answer in new[] { true, false })
        {
            DivergenceSearch.Run(Math.Pow(10, guess), 1e-4, 1, rate =>
            {
                Assert.IsTrue(rate is >= 1e-4 and <= 1);
                return answer;
            });
        }
    });
}
