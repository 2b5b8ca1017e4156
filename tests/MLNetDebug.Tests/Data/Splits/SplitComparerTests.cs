using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Splits;

[TestClass]
public sealed class SplitComparerTests
{
    [TestMethod]
    public void Columns_are_matched_by_name_whatever_their_order()
    {
        float[] a = Sampled.Normal(100, 1), b = Sampled.Normal(100, 2, 50);
        var compared = Sampled.Compare(Sampled.Split.Numbers("a", a).Numbers("b", b), Sampled.Split.Numbers("b", b).Numbers("a", a));
        Assert.HasCount(2, compared.Columns);
        Assert.IsTrue(compared.Columns.All(c => c.Numeric!.Distance == 0 && c.Numeric.PValue == 1));
    }

    [TestMethod]
    public void What_cannot_be_compared_is_named_with_its_reason()
    {
        var values = Sampled.Normal(50, 1);
        var compared = Sampled.Compare(
            Sampled.Split.Numbers("both", values).Numbers("only here", values).Numbers("typed", values),
            Sampled.Split.Numbers("both", values).Numbers("only there", values).Texts("typed", [.. values.Select(v => v.ToString())]));
        Assert.AreEqual("only here, only there, typed", string.Join(", ", compared.NotCompared.Select(n => n.Subject.Name).Order()));
        Assert.IsTrue(compared.NotCompared.All(n => n.Reason.Contains("training data")));
        Assert.AreEqual("both", compared.Columns.Single().Subject.Name);
    }

    [TestMethod]
    public void Slots_of_other_names_are_not_compared_as_if_they_were_the_same()
    {
        ColumnProfile Column(string first) => Profiles.Vector("Features", Profiles.Slot([1, 2], first), Profiles.Slot([1, 2], "b"));
        var compared = SplitComparer.Compare(Profiles.Of(2, [Column("a")]), Profiles.Of(2, [Column("x")]), CancellationToken.None);
        Assert.Contains("slot 0 is 'a'", compared.NotCompared.Single().Reason);
        Assert.IsEmpty(compared.Columns);
    }

    [TestMethod]
    public void Constant_columns_are_skipped_and_those_constant_on_one_side_are_not()
    {
        float[] ones = [.. Enumerable.Repeat(1f, 40)], twos = [.. Enumerable.Repeat(2f, 40)];
        Assert.IsEmpty(Sampled.Compare(Sampled.Split.Numbers("a", ones).Texts("t", ["x", "x"]), Sampled.Split.Numbers("a", ones).Texts("t", ["x", "x"])).Columns);
        Assert.AreEqual(1, Sampled.Compare(Sampled.Split.Numbers("a", ones), Sampled.Split.Numbers("a", twos)).Columns.Single().Numeric!.Distance);
    }

    [TestMethod]
    public void A_double_is_compared_with_a_float_at_the_float_s_precision()
    {
        double[] tenths = [.. Enumerable.Range(0, 50).Select(i => i % 10 / 10.0)];
        var compared = Sampled.Compare(Sampled.Split.Numbers("a", [.. tenths.Select(v => (float)v)]), Sampled.Split.Doubles("a", tenths));
        Assert.AreEqual(0, compared.Columns.Single().Numeric!.Distance);
    }

    [TestMethod]
    public void Values_beyond_the_training_range_are_counted_on_both_ends()
    {
        var shift = Sampled.Compare(Sampled.Split.Numbers("a", [1, 2, 3, float.NaN]), Sampled.Split.Numbers("a", [0, 0.5f, 2, 9, float.NaN])).Columns.Single();
        Assert.AreEqual(2, shift.Numeric!.Below.Count);
        Assert.AreEqual(1, shift.Numeric.Above.Count);
        Assert.AreEqual(4, shift.Numeric.Above.Of);
        Assert.AreEqual(4.0 / 7 * 3 / 6, shift.Numeric.Below.PValue, 1e-12);
        Assert.AreEqual(1, shift.Missing.Train);
    }

    [TestMethod]
    public void The_most_frequent_unseen_category_is_found()
    {
        var shift = Sampled.Compare(
            Sampled.Split.Texts("t", ["a", "a", "b", ""]),
            Sampled.Split.Texts("t", ["a", "new", "new", "other", ""])).Columns.Single();
        Assert.AreEqual("new", shift.Categories!.New!.Text);
        Assert.AreEqual(2, shift.Categories.New.Count);
        Assert.AreEqual(1, shift.Categories.New.Others);
        Assert.AreEqual(4, shift.Categories.Categories);

        // Of 7 values 4 are hold-out; 'a' and 'new' are at least as frequent as 'new'.
        Assert.AreEqual(2 * (4.0 / 7 * 3 / 6), shift.Categories.New.PValue, 1e-12);
    }

    [TestMethod]
    public void Labels_are_compared_as_classes_by_task()
    {
        float[] labels = [0, 1, 1, 0, 1, 2];
        Assert.IsNotNull(Sampled.Compare(Sampled.Split.Classes(labels), Sampled.Split.Classes(labels)).Label!.Classes);
        Assert.IsNotNull(Sampled.Compare(Sampled.Split.Target(labels), Sampled.Split.Target(labels)).Label!.Values);
        Assert.IsNull(Sampled.Compare(Sampled.Split.Classes(labels), Sampled.Split.Numbers("a", labels)).Label);
    }

    [TestMethod]
    public void Times_within_the_training_period_are_counted()
    {
        var time = Sampled.Compare(
            Sampled.Split.Doubles("at", [10, 20, 30], ColumnKind.Time, ColumnRole.Time),
            Sampled.Split.Doubles("at", [25, 30, 31, 40], ColumnKind.Time, ColumnRole.Time)).Time!;
        Assert.AreEqual(0.5, time.Share);
    }

    [TestMethod]
    public void Cancelling_ends_the_comparison()
    {
        var split = Sampled.Split.Numbers("a", Sampled.Normal(100, 1)).ToProfile("training data");
        Assert.ThrowsExactly<OperationCanceledException>(() => SplitComparer.Compare(split, split, new CancellationToken(true)));
    }
}
