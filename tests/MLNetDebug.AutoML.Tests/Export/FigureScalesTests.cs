using CsCheck;
using MLNetDebug.AutoML.Export;

namespace MLNetDebug.AutoML.Tests.Export;

[TestClass]
public sealed class FigureScalesTests
{
    [TestMethod]
    [DataRow(0.0, double.Epsilon)]
    [DataRow(-double.Epsilon, double.Epsilon)]
    [DataRow(double.MinValue, double.MaxValue)]
    public void LinearAxis_OfTheSmallestAndLargestNumbers_HasItsEnds(double low, double high)
    {
        var axis = new LinearAxis(low, high, 10, 20);
        Assert.AreEqual((10.0, 20.0), (axis.At(low), axis.At(high)));
        Assert.IsTrue(axis.Ticks().All(t => axis.At(t) is >= 10 and <= 20));
    }

    [TestMethod]
    public void MetricScale_KeepsTheOrder() => Gen.Select(Gen.Double[-100, 100].Array[1, 30], Gen.Bool).Sample((values, isHigherBetter) =>
    {
        var metric = new SweepMetric("m", isHigherBetter);
        var scale = MetricScale.Of(values, metric)!;
        foreach (var (a, b) in values.Zip(values.Skip(1)))
            Assert.IsTrue(a == b || scale.Share(a) == scale.Share(b) || metric.IsBetter(a, b) == scale.Share(a) > scale.Share(b));
        Assert.AreEqual(1, scale.Share(isHigherBetter ? values.Max() : values.Min()));
    });

    [TestMethod]
    public void MetricScale_LeavesOutWhatIsFarWorse()
    {
        var scale = MetricScale.Of([.. Enumerable.Range(0, 20).Select(i => 1 + i / 10.0), 1e30], SweepMetric.Loss)!;
        Assert.IsTrue(scale.IsCut);
        Assert.IsLessThan(4, scale.Worst);
        Assert.AreEqual(0, scale.Share(1e30));
        Assert.IsNull(MetricScale.Of([double.NaN, double.PositiveInfinity], SweepMetric.Loss));
    }

    [TestMethod]
    public void RateAxis_TicksAreRoundAscendingAndInside() => Gen.Select(Gen.Double[-300, 300], Gen.Double[0, 20]).Sample((low, length) =>
    {
        var axis = new RateAxis([Math.Pow(10, low), Math.Pow(10, Math.Min(308, low + length))], 10, 110);
        var ticks = axis.Ticks();
        Assert.IsTrue(ticks.Count is >= 2 and <= 14);
        foreach (var (a, b) in ticks.Zip(ticks.Skip(1)))
            Assert.IsLessThan(axis.At(b), axis.At(a));
        Assert.IsTrue(ticks.All(t => axis.At(t) is >= 10 and <= 110));
    });

    [TestMethod]
    public void LinearAxis_TicksAreAscendingAndInside() => Gen.Select(Gen.Double, Gen.Double).Where((a, b) => double.IsFinite(a) && double.IsFinite(b)).Sample((a, b) =>
    {
        var axis = new LinearAxis(Math.Min(a, b), Math.Max(a, b), 500, 100);
        var ticks = axis.Ticks();
        Assert.IsTrue(ticks.Count is >= 1 and <= 12);
        Assert.IsTrue(ticks.All(t => axis.At(t) is >= 100 and <= 500));
        Assert.IsTrue(ticks.Zip(ticks.Skip(1)).All(p => p.First < p.Second));
    });

    [TestMethod]
    public void Numbers_TellValuesApart()
    {
        CollectionAssert.AreEqual(new[] { "0.98311", "0.98312" }, FigureText.Numbers([0.98311, 0.98312]));
        CollectionAssert.AreEqual(new[] { "1e-5", "0.001", "10" }, FigureText.Numbers([1e-5, 1e-3, 10]));
    }

    [TestMethod]
    public void Viridis_GetsBrighter()
    {
        var luminance = Enumerable.Range(0, 101).Select(i => Convert.ToInt32(Viridis.At(i / 100.0)[1..], 16)).Select(c => 0.2126 * (c >> 16) + 0.7152 * (c >> 8 & 255) + 0.0722 * (c & 255)).ToArray();
        Assert.IsTrue(luminance.Zip(luminance.Skip(1)).All(p => p.Second > p.First - 0.5));
        Assert.AreEqual("#440154", Viridis.At(-1));
        Assert.AreEqual("#fde725", Viridis.At(2));
    }

    [TestMethod]
    public void Fit_NeverExceedsTheRoom() => Gen.Select(Gen.String, Gen.Double[20, 300]).Sample((text, room) =>
        Assert.IsLessThanOrEqualTo(room + 1e-9, FigureText.Width(FigureText.Fit(text, room, 12), 12)));
}
