using CsCheck;
using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

[TestClass]
public sealed class HyperparameterSearchTests
{
    [TestMethod]
    public void Run_FindsTheHeightOfABowl() => Gen.Double[-2, 2].Array[1, 3].Sample(centre =>
    {
        double Density(Hyperparameters h) => -h.Lengths.Append(h.Height).Append(h.Noise).Select((v, i) => Math.Pow(Math.Log(v) - centre[i % centre.Length], 2)).Sum();
        Assert.IsGreaterThan(-0.05, Density(HyperparameterSearch.Run(2, Density)));
    }, iter: 100);

    [TestMethod]
    [DataRow(double.NaN)]
    [DataRow(double.NegativeInfinity)]
    [DataRow(0.0)]
    public void Run_WhereNothingIsBetter_GivesItsStart(double density)
    {
        var found = HyperparameterSearch.Run(3, _ => density);
        Assert.AreEqual((0.5, 0.5, 0.5, 1.0, 0.01), (found.Lengths[0], found.Lengths[1], found.Lengths[2], found.Height, found.Noise));
    }

    [TestMethod]
    public void Run_StaysWithinItsEvaluationsAndItsLimits()
    {
        var evaluations = 0;
        var found = HyperparameterSearch.Run(4, h =>
        {
            evaluations++;
            Assert.IsTrue(h.Lengths.Append(h.Height).Append(h.Noise).All(v => Math.Abs(Math.Log(v)) <= 7 + 1e-9));
            // It rises without end: a search that follows must be held.
            return Math.Log(h.Height) + h.Lengths.Sum(Math.Log);
        });
        Assert.IsLessThanOrEqualTo(400, evaluations);
        Assert.IsGreaterThan(100, found.Height);
    }

    [TestMethod]
    public void Run_OutlivesDensitiesThatAreNone()
    {
        var found = HyperparameterSearch.Run(1, h => h.Height > 1.3 ? double.NaN : h.Noise < 0.005 ? double.PositiveInfinity : -Math.Abs(Math.Log(h.Lengths[0])));
        Assert.IsTrue(double.IsFinite(found.Height + found.Noise + found.Lengths[0]));
    }
}
