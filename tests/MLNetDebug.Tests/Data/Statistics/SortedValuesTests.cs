using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class SortedValuesTests
{
    [TestMethod]
    public void A_column_is_sorted_as_the_library_sorts_it() =>
        Gen.Float.Array[0, 3000].Sample(
            values =>
            {
                double[] finite = [.. values.Where(float.IsFinite)];
                Array.Sort(finite);
                CollectionAssert.AreEqual(finite, SortedValues.Of(values));
                CollectionAssert.AreEqual(finite, SortedValues.Of(Column(values, null)));
                CollectionAssert.AreEqual(finite, SortedValues.Of(Column(null, [.. values]), asSingles: true));
            },
            iter: 100);

    [TestMethod]
    public void Zeros_of_both_signs_are_one_value()
    {
        float[] values = [0f, -0f, float.NaN, float.PositiveInfinity, -1f];
        foreach (var sorted in new[] { SortedValues.Of(values), SortedValues.Of(Column(values, null)) })
        {
            Assert.HasCount(3, sorted);
            Assert.IsTrue(sorted.Skip(1).All(v => BitConverter.DoubleToInt64Bits(v) == 0));
        }
    }

    private static SampleColumn Column(float[]? singles, double[]? doubles) => new()
    {
        Column = "a", Slot = 0, Kind = ColumnKind.Number, Role = ColumnRole.Feature, Subject = Subject.Column("a"), Singles = singles, Doubles = doubles,
    };
}
