using CsCheck;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Tests.Spaces;

[TestClass]
public sealed class SpaceMapTests
{
    private static readonly SearchSpace Space = new()
    {
        BatchSizes = [16, 64, 256],
        Options = [new NumberOption("decay", 1e-6, 1e-2, true), new WholeNumberOption("layers", 1, 4), new ChoiceOption("kind", ["a", "b", "c"])],
    };

    private static readonly Dictionary<int, LearningRateBracket> Brackets = new() { [16] = new() { Moves = 1e-2, DivergesHigh = 0.5 }, [256] = new() { Moves = double.NaN, DivergesHigh = double.PositiveInfinity } };

    [TestMethod]
    public void At_AndPlaceOf_GoThereAndBack() => Gen.Double[0, 1].Array[5].Sample(unit =>
    {
        var map = new SpaceMap(Space, Brackets, []);
        var parameters = map.At(unit);
        var place = map.PlaceOf(parameters);
        var again = map.At(place);
        Assert.AreEqual(parameters.BatchSize, again.BatchSize);
        Assert.AreEqual(parameters.LearningRate, again.LearningRate, 1e-9 * parameters.LearningRate);
        CollectionAssert.AreEqual(new[] { parameters["layers"], parameters["kind"] }, new[] { again["layers"], again["kind"] });
        Assert.IsTrue(place.All(p => p is >= 0 and <= 1));
        var span = map.Spans[parameters.BatchSize];
        Assert.IsTrue(parameters.LearningRate >= span.Low && parameters.LearningRate <= span.High);
        Assert.AreEqual(unit[1], place[1], 1e-9);
        CollectionAssert.AreEqual(place, map.PlaceOf(again), System.Collections.Generic.Comparer<double>.Create((a, b) => Math.Abs(a - b) < 1e-9 ? 0 : a.CompareTo(b)));
    });

    [TestMethod]
    public void Spans_AreThoseOfTheRangeTests_ATenthBelowWhereLossesFall()
    {
        var map = new SpaceMap(Space, Brackets, []);
        Assert.AreEqual(1e-3, map.Spans[16].Low, 1e-15);
        Assert.AreEqual((0.5, 1e-5, 10.0), (map.Spans[16].High, map.Spans[256].Low, map.Spans[256].High));
        Assert.AreEqual(new LearningRateSpan(1e-5, 10), map.Spans[64]);
    }

    [TestMethod]
    [DataRow(1.0, 0.01)]
    [DataRow(1e9, 1e9)]
    [DataRow(1e-9, 1e-9)]
    [DataRow(-1.0, -1.0)]
    public void Spans_OfATestThatContradictsItself_AreWhole(double moves, double diverges) =>
        Assert.AreEqual(new LearningRateSpan(1e-5, 10), new SpaceMap(Space, new Dictionary<int, LearningRateBracket> { [16] = new() { Moves = moves, DivergesHigh = diverges } }, []).Spans[16]);

    [TestMethod]
    public void Map_OfASpaceWithoutBatchesOrRates_HasTheOthersAlone()
    {
        var map = new SpaceMap(Space with { LearningRate = null, BatchSizes = [] }, new Dictionary<int, LearningRateBracket>(), []);
        Assert.AreEqual(3, map.Dimensions);
        CollectionAssert.AreEqual(new[] { "decay", "kind", "layers" }, map.At([0.5, 0.5, 0.5]).Values.Keys.ToArray());
        var rate = new SpaceMap(new SearchSpace { BatchSizes = [] }, new Dictionary<int, LearningRateBracket> { [0] = new() { DivergesHigh = 0.1 } }, []);
        Assert.AreEqual((1, 0.1, 0), (rate.Dimensions, rate.At([1]).LearningRate, rate.At([1]).BatchSize));
        var one = new SpaceMap(new SearchSpace { BatchSizes = [48] }, new Dictionary<int, LearningRateBracket>(), []);
        Assert.AreEqual((1, 48), (one.Dimensions, one.At([0.5]).BatchSize));
    }

    [TestMethod]
    public void With_PutsTheRateIntoItsSpan_AndTheRestInTheMiddle()
    {
        var parameters = new SpaceMap(Space, Brackets, []).With(16, 3);
        Assert.AreEqual((16, 0.5, 1.0), (parameters.BatchSize, parameters.LearningRate, parameters["kind"]));
        Assert.AreEqual(1e-4, parameters["decay"], 1e-12);
    }

    [TestMethod]
    public void Map_OfAnOptionOfAnotherKind_SaysSo() =>
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new SpaceMap(Space with { Options = [new Odd("odd")] }, Brackets, [])).Message, "'odd' is a Odd");

    internal sealed record Odd(string Name) : SearchOption(Name);
}
