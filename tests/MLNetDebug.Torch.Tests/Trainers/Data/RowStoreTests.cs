using CsCheck;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers.Data;

namespace MLNetDebug.Torch.Tests.Trainers.Data;

[TestClass]
public sealed class RowStoreTests
{
    private static readonly Gen<(float[] Values, bool IsSparse)[]> Rows =
        Gen.Select(Gen.Frequency((3, Gen.Const(0f)), (1, Gen.Float[-1e6f, 1e6f])).Array[13], Gen.Bool).Array[1, 200];

    [TestMethod]
    public void Rows_are_read_in_any_order_as_they_were_taken_in_memory_and_in_a_file() =>
        Gen.Select(Rows, Gen.OneOfConst(0L, 300L, 1L << 20), Gen.OneOfConst(1, 100, 1 << 10)).Sample((rows, limit, chunk) =>
        {
            using var store = Filled(rows, limit, chunk);
            Assert.AreEqual(rows.Length, store.Count);
            var read = new float[13];
            foreach (var i in Enumerable.Range(0, rows.Length).Reverse())
            {
                Assert.AreEqual(i + 0.5, store.Read(i, read));
                CollectionAssert.AreEqual(rows[i].Values, read);
                Assert.AreEqual(i + 0.5, store.Target(i));
            }
        }, iter: 200);

    [TestMethod]
    public void What_is_beyond_the_limit_lies_in_a_file_and_leaves_none()
    {
        string[] Files() => Directory.GetFiles(Path.GetTempPath(), "mlnetdebug-rows-*");
        var before = Files();
        var rows = Enumerable.Range(0, 1000).Select(i => (Enumerable.Repeat((float)i, 13).ToArray(), false)).ToArray();
        using (var store = Filled(rows, 0, 1 << 10))
        {
            Assert.IsTrue(store.IsSpilled);
            // Nor would a process that is killed.
            if (!OperatingSystem.IsWindows())
                CollectionAssert.IsSubsetOf(Files(), before);
        }

        using (var store = Filled(rows, 1 << 20, 1 << 10))
            Assert.IsFalse(store.IsSpilled);
        CollectionAssert.IsSubsetOf(Files(), before);
    }

    [TestMethod]
    public void The_hash_tells_rows_and_their_order_apart_and_not_where_they_lie()
    {
        (float[], bool)[] rows = [(new float[13], true), ([.. Enumerable.Range(0, 13).Select(i => (float)i)], false)];
        UInt128 Hash((float[], bool)[] of, long limit)
        {
            using var store = Filled(of, limit, 100);
            return store.Hash;
        }

        Assert.AreEqual(Hash(rows, 0), Hash(rows, 1 << 20));
        Assert.AreNotEqual(Hash(rows, 0), Hash([.. rows.Reverse()], 0));
    }

    [TestMethod]
    public void Threads_read_the_same_store()
    {
        var rows = Enumerable.Range(0, 500).Select(i => (Enumerable.Repeat((float)i, 13).ToArray(), false)).ToArray();
        using var store = Filled(rows, 5_000, 1 << 10);
        Assert.IsTrue(store.IsSpilled);
        Parallel.For(0, 20_000, i =>
        {
            var read = new float[13];
            store.Read(i % 500, read);
            Assert.IsTrue(read.All(v => v == i % 500));
        });
    }

    [TestMethod]
    public void A_row_of_another_length_is_a_sentence()
    {
        using var store = new RowStore(13, 1 << 20);
        Assert.Contains("has 5 features where the column declares 13", Assert.ThrowsExactly<InvalidOperationException>(() => store.Append(new VBuffer<float>(5, new float[5]), 1)).Message);
    }

    private static RowStore Filled((float[] Values, bool IsSparse)[] rows, long limit, int chunk)
    {
        var store = new RowStore(13, limit, chunk);
        for (var i = 0; i < rows.Length; i++)
            store.Append(Buffer(rows[i].Values, rows[i].IsSparse), i + 0.5);
        store.Complete();
        return store;
    }

    private static VBuffer<float> Buffer(float[] values, bool isSparse)
    {
        if (!isSparse)
            return new VBuffer<float>(values.Length, values);
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)];
        return new VBuffer<float>(values.Length, indices.Length, [.. indices.Select(i => values[i])], indices);
    }
}
