using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class SortedValuesTests
{
    [TestMethod]
    public void A_column_is_sorted_as_the_library_sorts_it() =>
        Gen.Float.Array[0, 3000].Sample(
            drawn =>
            {
                // As the profiler samples them: -0 is 0.
                float[] values = [.. drawn.Select(v => v + 0f)];
                double[] finite = [.. values.Where(float.IsFinite)];
                Array.Sort(finite);
                CollectionAssert.AreEqual(finite, SortedValues.Of(values));
                CollectionAssert.AreEqual(finite, Sort(Column(values, null), false));
                CollectionAssert.AreEqual(finite, Sort(Column(null, [.. values]), true));
            },
            iter: 100);

    [TestMethod]
    public void What_is_not_finite_is_left_out() =>
        CollectionAssert.AreEqual(new double[] { -1, 0 }, SortedValues.Of([0f, float.NaN, float.PositiveInfinity, -1f, float.NegativeInfinity]));

    private static double[] Sort(SampleColumn column, bool asSingles) => new SortedValues(new RowSorter()).Of(column, asSingles).ToArray();

    private static SampleColumn Column(float[]? singles, double[]? doubles) => new()
    {
        Column = "a",
        Slot = 0,
        Kind = ColumnKind.Number,
        Role = ColumnRole.Feature,
        Subject = Subject.Column("a"),
        Singles = singles,
        Doubles = doubles,
    };
}
