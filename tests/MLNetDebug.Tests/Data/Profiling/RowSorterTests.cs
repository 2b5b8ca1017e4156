using CsCheck;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class RowSorterTests
{
    private static readonly Gen<float> Value = Gen.OneOf(Gen.Single, Gen.Int[-5, 5].Select(i => (float)i), Gen.OneOfConst(float.NaN, float.NegativeInfinity, float.MaxValue));

    [TestMethod]
    public void Rows_AreThoseOfAStableSort() => Value.Array[0, 300].Sample(
        values =>
        {
            // The profile holds no -0, which sorts apart from 0.
            float[] singles = [.. values.Select(v => v + 0f)];
            Check(new RowSorter(), Column(singles: singles), row => singles[row], singles.Length);
            double[] doubles = [.. singles.Select(v => v * 1e-30)];
            Check(new RowSorter(), Column(doubles: doubles), row => doubles[row], doubles.Length);
        },
        iter: 300);

    [TestMethod]
    public void Sorter_ServesOneSlotAfterTheOther()
    {
        var sorter = new RowSorter();
        float[] many = [3, 1, 2, 1];
        float[] few = [2, 1];
        Check(sorter, Column(singles: many), row => many[row], 4);
        Check(sorter, Column(doubles: [5, 4, 6]), row => new double[] { 5, 4, 6 }[row], 3);
        Check(sorter, Column(singles: few), row => few[row], 2);
        sorter.Sort(Column(codes: [9, 0, 7, 9]));
        CollectionAssert.AreEqual(new[] { 2, 0, 3 }, sorter.Rows.ToArray());
        Assert.AreEqual(2, sorter.RunCount);
    }

    private static void Check(RowSorter sorter, SampleColumn column, Func<int, double> valueOf, int count)
    {
        sorter.Sort(column);
        int[] expected = [.. Enumerable.Range(0, count).Where(r => double.IsFinite(valueOf(r))).OrderBy(valueOf)];
        CollectionAssert.AreEqual(expected, sorter.Rows.ToArray());
        Assert.AreEqual(expected.Select(valueOf).Distinct().Count(), sorter.RunCount);
        Assert.AreEqual(expected.Length, sorter.Runs[^1]);
    }

    private static SampleColumn Column(float[]? singles = null, double[]? doubles = null, ulong[]? codes = null) => new()
    {
        Column = "X",
        Slot = 0,
        Kind = codes is null ? ColumnKind.Number : ColumnKind.Text,
        Role = ColumnRole.Feature,
        Subject = Subject.Column("X"),
        Singles = singles,
        Doubles = doubles,
        Codes = codes,
    };
}
