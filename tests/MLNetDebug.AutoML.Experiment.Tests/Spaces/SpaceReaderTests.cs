using Microsoft.ML.SearchSpace.Option;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class SpaceReaderTests
{
    [TestMethod]
    public void Numbers_AreReadAsTheyWereGiven()
    {
        var space = new Dictionary<string, OptionBase>
        {
            ["n"] = new UniformIntOption(1, 9),
            ["rate"] = new UniformDoubleOption(1e-4, 10, logBase: true),
            ["l2"] = new UniformSingleOption(-1, 1),
        };
        var options = SpaceReader.Read(space, "e0").ToArray();
        CollectionAssert.AreEqual(new[] { "e0/n", "e0/rate", "e0/l2" }, options.Select(o => o.Key).ToArray());
        CollectionAssert.AreEqual(new[] { SpaceOptionKind.Int, SpaceOptionKind.Double, SpaceOptionKind.Single }, options.Select(o => o.Kind).ToArray());
        Assert.IsTrue(options[1] is { Min: 1e-4, Max: 10, IsLog: true });
        Assert.IsTrue(options[0] is { Min: 1, Max: 9, IsLog: false, Start: [0] });
    }

    [TestMethod]
    public void AutoMLsOwnKeyOfThePipeline_StandsInNoName()
    {
        var space = new Dictionary<string, OptionBase> { ["_pipeline_"] = new Nested(("e0", new Nested(("x", new UniformDoubleOption(0, 1))))), ["own"] = new UniformDoubleOption(0, 1) };
        CollectionAssert.AreEqual(new[] { "e0/x", "own" }, SpaceReader.Read(space).Select(o => o.Key).ToArray());
    }

    [TestMethod]
    public void AnOptionOfTheUsersOwn_IsUnknown()
    {
        var option = SpaceReader.Read(new Dictionary<string, OptionBase> { ["mine"] = new Mine() }).Single();
        Assert.AreEqual(SpaceOptionKind.Unknown, option.Kind);
    }

    private class Mine : OptionBase
    {
        public override int FeatureSpaceDim => 1;

        public override int?[] Step => [null];

        public override double[] MappingToFeatureSpace(Microsoft.ML.SearchSpace.Parameter value) => throw new NotSupportedException();

        public override Microsoft.ML.SearchSpace.Parameter SampleFromFeatureSpace(double[] values) => throw new NotSupportedException();
    }

    private sealed class Nested(params (string Key, OptionBase Value)[] options) : Mine, IEnumerable<KeyValuePair<string, OptionBase>>
    {
        public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => options.Select(o => KeyValuePair.Create(o.Key, o.Value)).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
