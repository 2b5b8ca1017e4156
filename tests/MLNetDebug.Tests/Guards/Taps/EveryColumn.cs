using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Taps;

/// <summary>Rows with one column of each type that a data view may have.</summary>
internal static class EveryColumn
{
    public static MemoryView Of(int rows)
    {
        var random = new Random(5);
        T[] Draw<T>(Func<int, T> cell) => [.. Enumerable.Range(0, rows).Select(cell)];
        string?[] texts = ["", "a", null, "zwölf", "a\tb\n"];
        float[][] columns = [.. Enumerable.Range(0, 4).Select(j => Draw(i => i % 3 == j % 3 ? (float)random.NextDouble() - 0.5f : i % 7 == 0 ? float.NaN : 0f))];
        return new MemoryView(
            rows,
            MemoryColumns.Of("Bool", BooleanDataViewType.Instance, Draw(i => i % 3 == 0)),
            MemoryColumns.Of("SByte", NumberDataViewType.SByte, Draw(i => (sbyte)(-i))),
            MemoryColumns.Of("Byte", NumberDataViewType.Byte, Draw(i => (byte)(i * 4))),
            MemoryColumns.Of("Int16", NumberDataViewType.Int16, Draw(i => (short)(i * -500))),
            MemoryColumns.Of("UInt16", NumberDataViewType.UInt16, Draw(i => (ushort)(i * 900))),
            MemoryColumns.Of("Int32", NumberDataViewType.Int32, Draw(_ => random.Next() - (1 << 30))),
            MemoryColumns.Of("UInt32", NumberDataViewType.UInt32, Draw(_ => (uint)random.Next() * 2)),
            MemoryColumns.Of("Int64", NumberDataViewType.Int64, Draw(_ => random.NextInt64() * -1)),
            MemoryColumns.Of("UInt64", NumberDataViewType.UInt64, Draw(_ => (ulong)random.NextInt64() * 2)),
            MemoryColumns.Of("Single", NumberDataViewType.Single, Draw(i => i % 5 == 0 ? float.NaN : i % 7 == 0 ? float.NegativeInfinity : (float)random.NextDouble())),
            MemoryColumns.Of("Double", NumberDataViewType.Double, Draw(i => i % 5 == 0 ? double.NaN : random.NextDouble())),
            MemoryColumns.Text("Text", Draw(i => texts[i % texts.Length])),
            MemoryColumns.Of("Time", DateTimeDataViewType.Instance, Draw(i => new DateTime(2026, 1, 1).AddHours(i))),
            MemoryColumns.Of("Offset", DateTimeOffsetDataViewType.Instance, Draw(i => new DateTimeOffset(2026, 1, 1, i % 24, 0, 0, TimeSpan.FromHours(i % 10)))),
            MemoryColumns.Of("Span", TimeSpanDataViewType.Instance, Draw(i => TimeSpan.FromSeconds(i))),
            MemoryColumns.Of("Id", RowIdDataViewType.Instance, Draw(i => new DataViewRowId((ulong)i, (ulong)i * 3))),
            MemoryColumns.Key("Key", Draw(i => (uint)i % 4), 3, ["a", "b", "c"]),
            MemoryColumns.Of("ByteKey", new KeyDataViewType(typeof(byte), 200), Draw(i => (byte)i)),
            MemoryColumns.Vector("Dense", columns, ["s0", "s1", "s2", "s3"]),
            MemoryColumns.Vector("Sparse", columns, null, sparse: true),
            MemoryColumns.Of("Keys", new VectorDataViewType(new KeyDataViewType(typeof(uint), 9)), Draw(i => new VBuffer<uint>(i % 4, [.. Enumerable.Range(0, i % 4).Select(k => (uint)k)]))),
            MemoryColumns.Of("Words", new VectorDataViewType(TextDataViewType.Instance), Draw(i => new VBuffer<ReadOnlyMemory<char>>(2, [texts[i % 5].AsMemory(), "x".AsMemory()]))),
            MemoryColumns.Of("Flags", new VectorDataViewType(BooleanDataViewType.Instance, 3), Draw(i => new VBuffer<bool>(3, 1, [true], [i % 3]))),
            MemoryColumns.Of("Doubles", new VectorDataViewType(NumberDataViewType.Double, 2, 2), Draw(i => new VBuffer<double>(4, [i, -i, double.NaN, 0.1 * i]))));
    }
}
