using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Statistics;

[TestClass]
public sealed class SortedValuesTests
{
    [TestMethod]
    public void Radix_sort_equals_the_library_sort() =>
        Gen.Float.Array[0, 6000].Sample(
            values =>
            {
                float[] finite = [.. values.Where(float.IsFinite)];
                Array.Sort(finite);
                CollectionAssert.AreEqual(finite.Select(v => (double)v).ToArray(), SortedValues.Of(values));
            },
            iter: 200);

    [TestMethod]
    public void Zeros_of_both_signs_are_one_value()
    {
        var sorted = SortedValues.Of([0f, -0f, float.NaN, float.PositiveInfinity, -1f]);
        Assert.HasCount(3, sorted);
        Assert.IsTrue(sorted.Skip(1).All(v => BitConverter.DoubleToInt64Bits(v) == 0));
        Assert.IsFalse(double.IsNegative(SortedValues.Of([-0.0])[0]));
    }
}
