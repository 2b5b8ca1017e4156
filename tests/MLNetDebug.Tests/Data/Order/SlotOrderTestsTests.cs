using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class SlotOrderTestsTests
{
    [TestMethod]
    public void A_rising_slot_is_ordered_in_every_sense()
    {
        var order = Compute(Enumerable.Range(0, 500).Select(i => (float)i));
        Assert.AreEqual(1, order.Spearman, 1e-9);
        Assert.AreEqual(1, order.RankLag1, 0.03);
        Assert.IsGreaterThan(0.98, order.BlockEffect);
        Assert.IsLessThan(1e-50, order.SpearmanP);
        Assert.IsLessThan(1e-50, order.BlockP);
    }

    [TestMethod]
    public void A_change_of_spread_is_seen_by_the_distances_only()
    {
        var random = new Random(5);
        var order = Compute(Enumerable.Range(0, 2000).Select(i => (float)((random.NextDouble() - 0.5) * (i < 1000 ? 1 : 4))));
        Assert.IsGreaterThan(0.3, order.SpreadSpearman);
        Assert.IsLessThan(1e-20, order.SpreadBlockP);
        Assert.IsGreaterThan(1e-4, order.SpearmanP);
    }

    [TestMethod]
    public void Shuffled_slots_give_uniform_p_values()
    {
        // 6 tests on 300 slots: rates at 5 % and at 0.1 % stay near their level, also for a slot with few ones.
        var random = new Random(7);
        var small = new int[6];
        var tiny = new int[6];
        for (var slot = 0; slot < 300; slot++)
        {
            var rare = slot % 3 == 0;
            var order = Compute(Enumerable.Range(0, 400).Select(_ => rare ? (random.NextDouble() < 0.02 ? 1f : 0f) : (float)random.NextDouble()));
            double[] ps = [order.RankLag1P, order.SpearmanP, order.BlockP, order.SpreadLag1P, order.SpreadSpearmanP, order.SpreadBlockP];
            for (var i = 0; i < 6; i++)
            {
                small[i] += ps[i] < 0.05 ? 1 : 0;
                tiny[i] += ps[i] < 1e-3 ? 1 : 0;
            }
        }

        foreach (var count in small)
            Assert.IsInRange(3, 30, count);
        foreach (var count in tiny)
            Assert.IsLessThanOrEqualTo(4, count);
    }

    [TestMethod]
    public void Lag_uses_neighbouring_rows_only()
    {
        // Every second row was sampled: no two are neighbours.
        var ranks = Enumerable.Range(1, 100).Select(i => (float)i).ToArray();
        var order = SlotOrderTests.Compute(ranks, [.. Enumerable.Range(0, 100).Select(i => 2L * i)], 200);
        Assert.IsTrue(double.IsNaN(order.RankLag1));
        Assert.AreEqual(1, order.RankLag1P);
        Assert.AreEqual(1, order.Spearman, 1e-9);
    }

    [TestMethod]
    public void Missing_constant_and_empty_slots_give_no_test()
    {
        foreach (var values in new[] { [], new[] { 1f }, [.. Enumerable.Repeat(3f, 50)], [.. Enumerable.Repeat(float.NaN, 50)] })
        {
            var order = Compute(values);
            Assert.AreEqual(1, Math.Min(Math.Min(order.RankLag1P, order.SpearmanP), order.BlockP));
            Assert.AreEqual(1, Math.Min(Math.Min(order.SpreadLag1P, order.SpreadSpearmanP), order.SpreadBlockP));
        }
    }

    [TestMethod]
    public void Ranks_and_positions_must_be_equally_many() =>
        Assert.ThrowsExactly<ArgumentException>(() => SlotOrderTests.Compute([1, 2], [0], 2));

    private static SlotOrder Compute(IEnumerable<float> values)
    {
        float[] all = [.. values];
        return SlotOrderTests.Compute(MidRanks.Of(all), [.. Enumerable.Range(0, all.Length).Select(i => (long)i)], all.Length);
    }
}
