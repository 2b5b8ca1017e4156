using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers.Data;
using TorchSharp;

namespace MLNetDebug.Torch.Tests.Trainers.Data;

[TestClass]
public sealed class BatchFeedTests
{
    [TestMethod]
    [DataRow(10, 3)]
    [DataRow(9, 3)]
    [DataRow(2, 3)]
    [DataRow(100, 7)]
    [DataRow(5, 1)]
    public void Every_row_comes_once_with_its_target(int rows, int size)
    {
        using var store = Store(rows);
        var order = new RowOrder(rows, 3);
        var form = new BatchForm([2], true, size);
        using var feed = new BatchFeed(store, order.At, rows, form);
        var seen = Take(feed, int.MaxValue);
        CollectionAssert.AreEqual(Enumerable.Range(0, rows).Select(i => order.At(i)).ToArray(), seen);
    }

    [TestMethod]
    public void Begun_in_the_middle_it_goes_on_as_it_would_have()
    {
        using var store = Store(50);
        var order = new RowOrder(50, 3);
        var form = new BatchForm([2], true, 4);
        using var whole = new BatchFeed(store, order.At, 50, form);
        using var rest = new BatchFeed(store, order.At, 50, form, first: 5);
        CollectionAssert.AreEqual(Take(whole, int.MaxValue).Skip(20).ToArray(), Take(rest, int.MaxValue));
    }

    [TestMethod]
    public void A_last_batch_of_one_row_is_left_out_only_where_it_is_asked_for()
    {
        using var store = Store(10);
        foreach (var (leaves, expected) in new[] { (true, 9), (false, 10) })
        {
            var form = new BatchForm([2], true, 3) { LeavesOutSingle = leaves };
            using var feed = new BatchFeed(store, i => i, 10, form);
            Assert.AreEqual(expected, Take(feed, int.MaxValue).Length);
            Assert.AreEqual(leaves ? 3 : 4, feed.Batches);
        }

        Assert.AreEqual(1, new BatchForm([2], true, 3) { LeavesOutSingle = true }.Batches(1));
        Assert.AreEqual(4, new BatchForm([2], true, 1) { LeavesOutSingle = true }.Batches(4));
    }

    [TestMethod]
    public void What_fails_while_reading_ahead_is_thrown_where_batches_are_taken()
    {
        using var store = Store(50);
        using var feed = new BatchFeed(store, i => i < 20 ? i : throw new IOException("the disk is gone"), 50, new BatchForm([2], true, 4));
        Assert.Contains("the disk is gone", Assert.ThrowsExactly<IOException>(() => Take(feed, int.MaxValue)).Message);
    }

    [TestMethod]
    public void One_that_is_left_early_frees_its_thread_and_its_tensors()
    {
        using var store = Store(1000);
        var before = TensorCount.Settled();
        for (var i = 0; i < 20; i++)
        {
            using var feed = new BatchFeed(store, r => r, 1000, new BatchForm([2], true, 7));
            Assert.AreEqual(14, Take(feed, 2).Length);
        }

        // Fewer where another test's were still to be collected.
        Assert.IsTrue(TensorCount.Settled() <= before);
    }

    [TestMethod]
    public void Numbers_come_as_a_column()
    {
        using var store = Store(4);
        using var feed = new BatchFeed(store, r => r, 4, new BatchForm([1, 2], false, 4));
        var batch = feed.Take(CancellationToken.None).First();
        CollectionAssert.AreEqual(new long[] { 4, 1, 2 }, batch.X.shape);
        CollectionAssert.AreEqual(new long[] { 4, 1 }, batch.Y.shape);
        CollectionAssert.AreEqual(new float[] { 0, 1, 2, 3 }, MemoryMarshal.Cast<byte, float>(batch.Y.bytes).ToArray());
    }

    private static long[] Take(BatchFeed feed, int batches)
    {
        List<long> rows = [];
        foreach (var batch in feed.Take(CancellationToken.None).Take(batches))
        {
            var x = MemoryMarshal.Cast<byte, float>(batch.X.bytes);
            var y = MemoryMarshal.Cast<byte, long>(batch.Y.bytes);
            Assert.AreEqual(batch.Rows, y.Length);
            for (var i = 0; i < y.Length; i++)
            {
                Assert.AreEqual(y[i], (long)x[2 * i]);
                Assert.AreEqual(-y[i], (long)x[(2 * i) + 1]);
                rows.Add(y[i]);
            }
        }

        return [.. rows];
    }

    private static RowStore Store(int rows)
    {
        var store = new RowStore(2, 1 << 20);
        for (var i = 0; i < rows; i++)
            store.Append(new VBuffer<float>(2, [i, -i]), i);
        store.Complete();
        return store;
    }
}
