using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class LabelOrderMeasureTests
{
    [TestMethod]
    [DataRow(new[] { 150, 150 })]
    [DataRow(new[] { 50, 50, 50 })]
    [DataRow(new[] { 594, 6 })]
    [DataRow(new[] { 997, 3 })]
    [DataRow(new[] { 450, 45, 5 })]
    [DataRow(new[] { 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 1 })]
    public void P_values_hold_their_level_on_shuffled_labels(int[] counts)
    {
        // 3000 shuffles: at 1 % no more than 1.6 % (five standard errors), at 0.01 % no more than 4, however rare a class is.
        const int Shuffles = 3000;
        var random = new Random(17);
        double[] labels = [.. counts.SelectMany((c, k) => Enumerable.Repeat((double)k, c))];
        int[] small = new int[3], tiny = new int[3];
        for (var run = 0; run < Shuffles; run++)
        {
            random.Shuffle(labels);
            var order = Order(labels);
            double[] ps = [order.Lag1P, order.BlockP, order.Batches!.PValue];
            for (var t = 0; t < 3; t++)
            {
                small[t] += ps[t] <= 0.01 ? 1 : 0;
                tiny[t] += ps[t] <= 1e-4 ? 1 : 0;
            }
        }

        for (var t = 0; t < 3; t++)
        {
            Assert.IsLessThanOrEqualTo(0.019 * Shuffles, small[t], $"test {t}");
            Assert.IsLessThanOrEqualTo(4, tiny[t], $"test {t}");
        }
    }

    [TestMethod]
    public void Homogeneity_is_zero_by_chance_and_one_where_batches_are_pure()
    {
        var random = new Random(2);
        double[] labels = [.. Enumerable.Range(0, 6400).Select(i => (double)(i / 640))];
        Assert.AreEqual(1, Order(labels).Batches!.H, 0.01);
        random.Shuffle(labels);
        Assert.AreEqual(0, Order(labels).Batches!.H, 0.002);
        double[] inTurn = [.. Enumerable.Range(0, 6400).Select(i => (double)(i % 10))];
        Assert.IsLessThan(-0.02, Order(inTurn).Batches!.H);
        Assert.AreEqual(1, Order(inTurn).Batches!.PValue, 1e-6);
    }

    [TestMethod]
    public void Expected_single_class_share_is_that_of_draws_without_replacement()
    {
        // 3 + 3 rows in batches of 2: 2 (3/6)(2/5) = 0.4.
        var batches = Order([0, 0, 0, 1, 1, 1], batchSize: 2).Batches!;
        Assert.AreEqual(0.4, batches.SingleClassExpectedShare, 1e-12);
        Assert.AreEqual(2, batches.SingleClass);
        Assert.AreEqual(3, batches.Batches);
    }

    [TestMethod]
    public void Rows_without_a_label_take_their_place_in_a_batch()
    {
        var batches = Order([0, double.NaN, 0, 0, 1, 1, double.NaN, 1], batchSize: 4).Batches!;
        Assert.AreEqual(2, batches.Batches);
        Assert.AreEqual(2, batches.SingleClass);
        Assert.AreEqual(1, batches.H, 0.2);
    }

    [TestMethod]
    public void A_target_with_heavy_tails_holds_its_level()
    {
        var random = new Random(23);
        var alarms = 0;
        for (var run = 0; run < 1000; run++)
        {
            var accumulator = new LabelAccumulator(new LabelColumn("y", ColumnKind.Number, "Single", null, false, null, null), 32);
            for (var i = 0; i < 300; i++)
                accumulator.Add(1 / (1 - random.NextDouble()));
            var order = accumulator.ToProfile(LearningTask.Regression).Order!;
            alarms += Math.Min(order.Lag1P, order.BlockP) < 1e-3 ? 1 : 0;
        }

        Assert.IsLessThanOrEqualTo(8, alarms);
    }

    private static LabelOrder Order(IEnumerable<double> labels, int batchSize = 32)
    {
        var accumulator = new LabelAccumulator(new LabelColumn("y", ColumnKind.Number, "Single", null, false, null, null), batchSize);
        foreach (var label in labels)
            accumulator.Add(label);
        return accumulator.ToProfile(LearningTask.MulticlassClassification).Order!;
    }
}
