using CsCheck;
using MathNet.Numerics.Distributions;
using MLNetDebug.Torch.Trainers.Data;

namespace MLNetDebug.Torch.Tests.Trainers.Data;

[TestClass]
public sealed class RowOrderTests
{
    [TestMethod]
    public void Every_row_stands_at_one_place() =>
        Gen.Select(Gen.Long[1, 3000], Gen.ULong).Sample((count, seed) =>
        {
            var order = new RowOrder(count, seed);
            long[] rows = [.. Enumerable.Range(0, (int)count).Select(i => order.At(i))];
            Assert.AreEqual(count, rows.Distinct().Count());
            Assert.IsTrue(rows.All(r => r >= 0 && r < count));
        }, iter: 200);

    [TestMethod]
    public void Rows_beyond_an_int_are_reached_and_stay_within()
    {
        var order = new RowOrder(1L << 40, 7);
        Assert.AreEqual(1000, Enumerable.Range(0, 1000).Select(i => order.At(i)).Where(r => r >= 0 && r < 1L << 40).Distinct().Count());
    }

    [TestMethod]
    public void Every_row_comes_first_as_often_as_any_other()
    {
        const int Seeds = 20_000;
        foreach (var count in new[] { 2, 3, 7, 100 })
        {
            var first = new int[count];
            for (var seed = 0; seed < Seeds; seed++)
                first[new RowOrder(count, RowOrder.Seed(1, seed)).At(0)]++;
            var expected = (double)Seeds / count;
            Assert.IsTrue(first.Sum(f => (f - expected) * (f - expected) / expected) < ChiSquared.InvCDF(count - 1, 1 - 1e-6), $"{count}: {string.Join(' ', first)}");
        }
    }

    [TestMethod]
    public void Neighbours_of_one_epoch_are_no_neighbours_in_the_next()
    {
        const int Rows = 10_000;
        var (one, two) = (new RowOrder(Rows, RowOrder.Seed(1, 0)), new RowOrder(Rows, RowOrder.Seed(1, 1)));
        var places = new long[Rows];
        for (var i = 0; i < Rows; i++)
            places[two.At(i)] = i;
        var beside = Enumerable.Range(0, Rows - 1).Count(i => Math.Abs(places[one.At(i)] - places[one.At(i + 1)]) == 1);
        Assert.IsTrue(beside < 15, $"{beside} pairs, 2 of chance");
    }

    [TestMethod]
    public void No_rows_have_no_order() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new RowOrder(0, 1));
}
