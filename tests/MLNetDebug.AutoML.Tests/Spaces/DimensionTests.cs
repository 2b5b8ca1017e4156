using CsCheck;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Tests.Spaces;

[TestClass]
public sealed class DimensionTests
{
    [TestMethod]
    public void Number_GoesThereAndBack() => Gen.Select(Gen.Double[1e-6, 10], Gen.Double[1e-3, 1e4], Gen.Bool, Gen.Double[0, 1]).Sample((low, wide, isLogarithmic, unit) =>
    {
        var dimension = new NumberDimension("x", low, low + wide, isLogarithmic);
        var value = dimension.FromUnit(unit);
        Assert.IsTrue(value >= low && value <= low + wide);
        Assert.AreEqual(unit, dimension.ToUnit(value), 1e-6);
        Assert.AreEqual((low, low + wide), (dimension.FromUnit(0), dimension.FromUnit(1)));
        Assert.AreEqual((0, 1), (dimension.ToUnit(low), dimension.ToUnit(low + wide)));
    });

    [TestMethod]
    public void Number_OutsideItsRange_IsItsNearerEnd()
    {
        var dimension = new NumberDimension("x", 1, 100, true);
        Assert.AreEqual((0, 1), (dimension.ToUnit(0.5), dimension.ToUnit(1000)));
        Assert.AreEqual((1, 100), (dimension.FromUnit(-1), dimension.FromUnit(2)));
        Assert.AreEqual(10, dimension.FromUnit(0.5), 1e-9);
        Assert.AreEqual(0.5, new NumberDimension("x", 3, 3, false).ToUnit(3));
    }

    [TestMethod]
    public void List_GoesThereAndBack_AndGivesEachAnEqualShare() => Gen.Int[1, 12].Sample(count =>
    {
        var dimension = new ListDimension("x", [.. Enumerable.Range(0, count).Select(i => Math.Pow(2, i))]);
        foreach (var value in dimension.Values)
            Assert.AreEqual(value, dimension.FromUnit(dimension.ToUnit(value)));
        var shares = Enumerable.Range(0, 1200).CountBy(i => dimension.FromUnit((i + 0.5) / 1200)).ToArray();
        Assert.HasCount(count, shares);
        Assert.IsTrue(shares.All(s => Math.Abs(s.Value - (1200.0 / count)) <= 1));
        Assert.AreEqual((dimension.Values[0], dimension.Values[^1]), (dimension.FromUnit(0), dimension.FromUnit(1)));
    }, iter: 50);

    [TestMethod]
    public void List_TakesTheNearestValue() => Assert.AreEqual(32, new ListDimension("x", [16, 32, 64]) is var d ? d.FromUnit(d.ToUnit(40)) : 0);
}
