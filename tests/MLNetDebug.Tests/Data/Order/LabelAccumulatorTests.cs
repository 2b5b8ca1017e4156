using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class LabelAccumulatorTests
{
    private static readonly LabelColumn Number = new("Label", ColumnKind.Number, "Single", null, false, null, null);

    [TestMethod]
    public void Counts_what_each_row_holds()
    {
        var profile = Profile([1, double.NaN, 0, -2, 0.5, double.PositiveInfinity, double.NegativeInfinity, 1], LearningTask.Unknown);
        Assert.AreEqual(8, profile.Count);
        Assert.AreEqual(1, profile.Missing);
        Assert.AreEqual(1L, profile.MissingRows.Single());
        Assert.AreEqual(2, profile.Infinite);
        Assert.AreEqual("5 6", string.Join(' ', profile.InfiniteRows));
        Assert.AreEqual(1, profile.NonInteger);
        Assert.AreEqual(1, profile.Negative);
        Assert.AreEqual("-2:1 0:1 0.5:1 1:2", string.Join(' ', profile.Classes.Select(c => $"{c.Text}:{c.Count}")));
        Assert.AreEqual(0.1, profile.Moments!.Mean, 1e-12);
        Assert.AreEqual(1, profile.Moments.PositiveInfinities);
        Assert.AreEqual(1, profile.Moments.NegativeInfinities);
    }

    [TestMethod]
    public void Names_declared_keys_that_no_row_carries()
    {
        var column = new LabelColumn("Label", ColumnKind.Key, "Key<UInt32, 0-3>", 4, true, null, ["ant", "bee", "cat", "dog"]);
        var accumulator = new LabelAccumulator(column, 32);
        foreach (var value in new[] { 1.0, 3, 3, double.NaN })
            accumulator.Add(value);
        var profile = accumulator.ToProfile(LearningTask.MulticlassClassification);
        Assert.AreEqual(2, profile.AbsentKeyCount);
        Assert.AreEqual("bee dog", string.Join(' ', profile.AbsentKeys));
        Assert.AreEqual("ant:1 cat:2", string.Join(' ', profile.Classes.Select(c => $"{c.Text}:{c.Count}")));
    }

    [TestMethod]
    public void An_unbounded_key_is_not_enumerated()
    {
        var column = new LabelColumn("Label", ColumnKind.Key, "Key<UInt64>", ulong.MaxValue, false, null, null);
        var accumulator = new LabelAccumulator(column, 32);
        accumulator.Add(1);
        var profile = accumulator.ToProfile(LearningTask.MulticlassClassification);
        Assert.HasCount(LabelClasses.MaxAbsentNamed, profile.AbsentKeys);
        Assert.IsGreaterThan(1L << 40, profile.AbsentKeyCount);
    }

    [TestMethod]
    public void No_rows_give_no_order()
    {
        var profile = Profile([], LearningTask.BinaryClassification);
        Assert.IsNull(profile.Order);
        Assert.AreEqual(0, profile.Count);
        Assert.IsNull(Profile([double.NaN, double.PositiveInfinity], LearningTask.Regression).Order);
    }

    [TestMethod]
    public void The_values_decide_where_no_task_is_known()
    {
        Assert.IsTrue(Profile(Enumerable.Range(0, 100).Select(i => (double)(i % 3)), LearningTask.Unknown).Order!.IsClassification);
        Assert.IsFalse(Profile(Enumerable.Range(0, 100).Select(i => (double)i), LearningTask.Unknown).Order!.IsClassification);
        Assert.IsFalse(Profile(Enumerable.Range(0, 100).Select(i => i % 3 + 0.5), LearningTask.Unknown).Order!.IsClassification);
    }

    [TestMethod]
    public void More_classes_than_the_bound_are_given_up()
    {
        var profile = Profile(Enumerable.Range(0, LabelProfile.MaxClasses + 1).Select(i => (double)i), LearningTask.MulticlassClassification);
        Assert.IsTrue(profile.TooManyClasses);
        Assert.IsEmpty(profile.Classes);
        Assert.IsNull(profile.Order!.Batches);
        Assert.AreEqual(LabelProfile.MaxClasses / 2.0, profile.Moments!.Mean, 1e-6);
    }

    [TestMethod]
    public void Sorted_labels_fill_batches_of_one_class()
    {
        var order = Profile(Enumerable.Range(0, 3200).Select(i => (double)(i / 320)), LearningTask.MulticlassClassification).Order!;
        Assert.AreEqual(1, order.Batches!.H, 0.01);
        Assert.AreEqual(100, order.Batches.SingleClass);
        Assert.IsLessThan(1e-20, order.Batches.SingleClassExpectedShare);
        Assert.AreEqual(1, order.Lag1, 0.01);
        Assert.IsGreaterThan(0.9, order.BlockEffect);
        Assert.AreEqual(320, order.FirstRun);
        Assert.AreEqual(320, order.LongestRun);
    }

    [TestMethod]
    public void A_sorted_target_has_lag_and_block_dependence()
    {
        var order = Profile(Enumerable.Range(0, 1000).Select(i => Math.Sqrt(i)), LearningTask.Regression).Order!;
        Assert.IsNull(order.Batches);
        Assert.AreEqual(1, order.Lag1, 0.02);
        Assert.AreEqual(1, order.BlockEffect, 0.02);
        Assert.IsLessThan(1e-50, order.BlockP);
    }

    [TestMethod]
    public void Parts_merge_to_what_one_pass_gives()
    {
        var label = Gen.Frequency((20, Gen.Int[0, 4].Select(i => (double)i)), (2, Gen.Double[-10, 10]), (1, Gen.Const(double.NaN)), (1, Gen.Const(double.PositiveInfinity)));
        Gen.Select(label.Array[0, 300], Gen.Int[1, 40], Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[0, 100]).Sample(
            (labels, batch, cut1, cut2, first) =>
            {
                var (a, b) = (Math.Min(Math.Min(cut1, cut2), labels.Length), Math.Min(Math.Max(cut1, cut2), labels.Length));
                var whole = Accumulate(labels, batch, first);
                var left = Accumulate(labels[..a], batch, first);
                var middle = Accumulate(labels[a..b], batch, first + a);
                var right = ThroughFile(Accumulate(labels[b..], batch, first + b));
                var merged = cut1 < cut2
                    ? LabelAccumulator.Merge(LabelAccumulator.Merge(left, middle), right)
                    : LabelAccumulator.Merge(left, LabelAccumulator.Merge(middle, right));
                Equal(whole.ToProfile(LearningTask.MulticlassClassification), merged.ToProfile(LearningTask.MulticlassClassification));
            },
            iter: 400);
    }

    [TestMethod]
    public void Parts_that_do_not_follow_each_other_are_refused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => LabelAccumulator.Merge(Accumulate([1, 2], 8, 0), Accumulate([1], 8, 5)));
        Assert.Contains("begins at row 5", error.Message);
    }

    [TestMethod]
    public void Recoded_texts_merge()
    {
        // Two parts that each numbered their texts by appearance: b,a and a,b.
        var left = Accumulate([1, 2, 2], 4, 0);
        var right = Accumulate([1, 1, 2], 4, 3);
        right.Recode(v => 3 - v);
        var merged = LabelAccumulator.Merge(left, right).ToProfile(LearningTask.BinaryClassification);
        Assert.AreEqual("1:2 2:4", string.Join(' ', merged.Classes.Select(c => $"{c.Value}:{c.Count}")));
        Assert.AreEqual("1 2 2 2 2 1", string.Join(' ', merged.Sequence));
        Assert.AreEqual(4, merged.Order!.LongestRun);
    }

    private static void Equal(LabelProfile expected, LabelProfile actual)
    {
        static string Text(LabelProfile p) => string.Join('|',
            p.Count, p.Missing, string.Join(' ', p.MissingRows), p.Infinite, p.NonInteger, p.Negative,
            string.Join(' ', p.Classes), string.Join(' ', p.Sequence), p.Moments!.Zeros, p.Moments.Min, p.Moments.Max,
            p.Order?.Rows, p.Order?.AdjacentEqual, p.Order?.FirstRun, p.Order?.LongestRun, p.Order?.Batches?.Batches, p.Order?.Batches?.SingleClass);
        Assert.AreEqual(Text(expected), Text(actual));
        Near(expected.Moments!.Mean, actual.Moments!.Mean);
        Near(expected.Moments.Variance, actual.Moments.Variance);
        Near(expected.Moments.Lag1, actual.Moments.Lag1);
        Near(expected.Order?.JoinZ ?? 0, actual.Order?.JoinZ ?? 0);
        Near(expected.Order?.BlockEffect ?? 0, actual.Order?.BlockEffect ?? 0);
        Near(expected.Order?.BlockP ?? 0, actual.Order?.BlockP ?? 0);
        Near(expected.Order?.Batches?.H ?? 0, actual.Order?.Batches?.H ?? 0);
        Near(expected.Order?.Batches?.PValue ?? 0, actual.Order?.Batches?.PValue ?? 0);
    }

    private static void Near(double expected, double actual) =>
        Assert.IsTrue(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{expected} is not {actual}");

    private static LabelAccumulator ThroughFile(LabelAccumulator accumulator)
    {
        using var stream = new MemoryStream();
        accumulator.Write(new BinaryWriter(stream));
        stream.Position = 0;
        return LabelAccumulator.Read(new BinaryReader(stream));
    }

    private static LabelAccumulator Accumulate(IEnumerable<double> labels, int batchSize, long firstRow)
    {
        var accumulator = new LabelAccumulator(Number, batchSize, firstRow);
        foreach (var label in labels)
            accumulator.Add(label);
        return accumulator;
    }

    private static LabelProfile Profile(IEnumerable<double> labels, LearningTask task) => Accumulate(labels, 32, 0).ToProfile(task);
}
