using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelPurityTests
{
    [TestMethod]
    public void A_feature_that_is_the_label_has_no_error() => Assert.AreEqual(0, Error([0, 1, 2, 0, 1, 2], [5, 7, 9, 5, 7, 9]));

    [TestMethod]
    public void A_threshold_per_class_has_no_error() => Assert.AreEqual(0, Error([0, 0, 1, 1, 2], [1, 2, 3, 4, 5]));

    [TestMethod]
    public void Equal_values_with_two_labels_count_the_minority() => Assert.AreEqual(0.2, Error([0, 0, 1, 1, 1], [3, 3, 3, 4, 4]), 1e-12);

    [TestMethod]
    public void One_row_on_the_wrong_side_costs_one_row() => Assert.AreEqual(1 / 6.0, Error([0, 0, 1, 0, 1, 1], [1, 2, 3, 4, 5, 6]), 1e-12);

    [TestMethod]
    public void Missing_values_and_labels_are_left_out() => Assert.AreEqual(0, Error([0, float.NaN, 1, 1], [1, 2, 3, float.NaN]));

    [TestMethod]
    public void One_class_says_nothing() => Assert.IsTrue(double.IsNaN(Error([1, 1], [1, 2])));

    [TestMethod]
    public void It_is_a_share_and_does_not_depend_on_the_order_of_the_rows() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 6]).Array[2, 40].Sample(rows =>
        {
            float[] labels = [.. rows.Select(r => (float)r.Item1)], values = [.. rows.Select(r => (float)r.Item2)];
            var error = Error(labels, values);
            var reversed = Error([.. labels.Reverse()], [.. values.Reverse()]);
            Assert.AreEqual(error, reversed);
            if (labels.Distinct().Count() > 1)
                Assert.IsTrue(error is >= 0 and <= 1);
        }, iter: 500);

    private static double Error(float[] labels, float[] values) => LabelPurity.ErrorShare(Column(values), labels);

    internal static SampleColumn Column(float[] values, int slot = 0) => new()
    {
        Column = "Features",
        Slot = slot,
        Kind = ColumnKind.Number,
        Role = ColumnRole.Feature,
        Subject = Subject.Column("Features", slot),
        Singles = values,
    };
}
