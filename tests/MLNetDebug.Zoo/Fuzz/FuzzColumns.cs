using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>Draws columns of every type ML.NET has, filled as badly as may be.</summary>
internal static class FuzzColumns
{
    private static readonly Func<Random, string, int, MemoryColumn>[] Makers =
    [
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Single, Fill(r, Single)),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Single, Fill(r, Single)),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Double, Fill(r, Double)),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.SByte, Fill(r, x => (sbyte)x.Next())),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Int16, Fill(r, x => (short)x.Next())),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Int32, Fill(r, x => x.Next(2) == 0 ? x.Next(3) : int.MinValue + x.Next(5))),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Int64, Fill(r, x => x.NextInt64(long.MinValue, long.MaxValue))),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.Byte, Fill(r, x => (byte)x.Next())),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.UInt16, Fill(r, x => (ushort)x.Next())),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.UInt32, Fill(r, x => (uint)x.Next(4))),
        (r, n, rows) => Make(r, n, rows, NumberDataViewType.UInt64, Fill(r, x => ulong.MaxValue - (ulong)x.Next(4))),
        (r, n, rows) => Make(r, n, rows, BooleanDataViewType.Instance, Fill(r, x => x.Next(2) == 1)),
        (r, n, rows) => Make(r, n, rows, TextDataViewType.Instance, Fill(r, Text)),
        (r, n, rows) => Make(r, n, rows, DateTimeDataViewType.Instance, Fill(r, x => new DateTime(x.NextInt64(DateTime.MaxValue.Ticks)))),
        (r, n, rows) => Make(r, n, rows, DateTimeOffsetDataViewType.Instance, Fill(r, x => x.Next(9) == 0 ? DateTimeOffset.MaxValue : new DateTimeOffset(x.NextInt64(int.MaxValue), TimeSpan.Zero))),
        (r, n, rows) => Make(r, n, rows, TimeSpanDataViewType.Instance, Fill(r, x => new TimeSpan(x.NextInt64(long.MinValue, long.MaxValue)))),
        (r, n, rows) => Make(r, n, rows, RowIdDataViewType.Instance, Fill(r, x => new DataViewRowId((ulong)x.NextInt64(), 0))),
        (r, n, rows) => Key(r, n, rows, typeof(byte), 5, x => (byte)x.Next(6)),
        (r, n, rows) => Key(r, n, rows, typeof(ushort), 300, x => (ushort)x.Next(5)),
        (r, n, rows) => Key(r, n, rows, typeof(uint), 3, x => (uint)x.Next(4)),
        (r, n, rows) => Key(r, n, rows, typeof(uint), 3, x => (uint)x.Next(6)),
        (r, n, rows) => Key(r, n, rows, typeof(ulong), ulong.MaxValue, x => (ulong)x.NextInt64()),
        (r, n, rows) => Make(r, n, rows, new OpaqueType(), Fill(r, _ => new OpaqueValue())),
    ];

    /// <summary>A column of a random type.</summary>
    public static MemoryColumn Any(Random random, string name, int rows) => Makers[random.Next(Makers.Length)](random, name, rows);

    /// <summary>An ordinary column of numbers.</summary>
    public static MemoryColumn Numbers(Random random, string name, int rows) =>
        Make(random, name, rows, NumberDataViewType.Single, Fill(random, x => (float)x.NextDouble()));

    /// <summary>An ordinary label of a few classes.</summary>
    public static MemoryColumn Label(Random random, string name, int rows) => random.Next(3) switch
    {
        0 => MemoryColumns.Of(name, BooleanDataViewType.Instance, Cells(random, rows, x => x.Next(2) == 1)),
        1 => MemoryColumns.Key(name, Cells(random, rows, x => (uint)x.Next(1, 4)), 3, ["a", "b", HostileText.Any(random)]),
        _ => MemoryColumns.Of(name, NumberDataViewType.Single, Cells(random, rows, x => (float)x.NextDouble())),
    };

    /// <summary>A vector of very many slots, nearly all zero.</summary>
    public static MemoryColumn Wide(Random random, string name, int slots)
    {
        var lit = Cells(random, 5, x => x.Next(slots)).Distinct().Order().ToArray();
        return new MemoryColumn<VBuffer<float>>(name, new VectorDataViewType(NumberDataViewType.Single, slots), (long row, ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, slots, lit.Length);
            lit.CopyTo(editor.Indices);
            editor.Values.Fill(row % 3);
            value = editor.Commit();
        });
    }

    private static Func<Random, T> Fill<T>(Random random, Func<Random, T> draw)
    {
        // A third of the columns hold one value only.
        if (random.Next(3) > 0)
            return draw;
        var only = draw(random);
        return _ => only;
    }

    private static MemoryColumn Make<T>(Random random, string name, int rows, DataViewType type, Func<Random, T> draw) => random.Next(4) switch
    {
        0 when type is PrimitiveDataViewType primitive => Vector(random, name, rows, primitive, draw),
        _ => new MemoryColumn<T>(name, type, Getter(Cells(random, rows, draw))) { Annotations = FuzzAnnotations.Any(random) },
    };

    private static MemoryColumn Key<T>(Random random, string name, int rows, Type type, ulong count, Func<Random, T> draw) =>
        Make(random, name, rows, new KeyDataViewType(type, count), Fill(random, draw));

    private static MemoryColumn Vector<T>(Random random, string name, int rows, PrimitiveDataViewType item, Func<Random, T> draw)
    {
        var size = random.Next(3) == 0 ? 0 : random.Next(1, 9);
        var type = size == 0 ? new VectorDataViewType(item) : new VectorDataViewType(item, size);
        var cells = Cells(random, rows, x =>
        {
            var length = size == 0 ? x.Next(5) : size;
            if (length < 2 || x.Next(3) > 0)
                return new VBuffer<T>(length, Cells(x, length, draw));
            return new VBuffer<T>(length, 1, [draw(x)], [x.Next(length)]);
        });
        return new MemoryColumn<VBuffer<T>>(name, type, (long row, ref VBuffer<T> value) => cells[row].CopyTo(ref value))
        {
            Annotations = FuzzAnnotations.Any(random),
        };
    }

    private static MemoryColumn<T>.Cell Getter<T>(T[] cells) => (long row, ref T value) => value = cells[row];

    private static T[] Cells<T>(Random random, int count, Func<Random, T> draw)
    {
        var cells = new T[count];
        for (var i = 0; i < count; i++)
            cells[i] = draw(random);
        return cells;
    }

    private static float Single(Random random) => random.Next(12) switch
    {
        0 => float.NaN,
        1 => float.PositiveInfinity,
        2 => float.NegativeInfinity,
        3 => float.MaxValue,
        4 => float.Epsilon,
        5 => -0f,
        _ => (float)random.NextDouble(),
    };

    private static double Double(Random random) => random.Next(8) switch { 0 => double.MaxValue, 1 => -double.MaxValue, _ => Single(random) };

    private static ReadOnlyMemory<char> Text(Random random) => random.Next(3) switch
    {
        0 => ReadOnlyMemory<char>.Empty,
        1 => HostileText.Any(random).AsMemory(),
        _ => ("t" + random.Next(40)).AsMemory(),
    };

    /// <summary>A type nobody knows.</summary>
    private sealed class OpaqueType() : StructuredDataViewType(typeof(OpaqueValue))
    {
        public override bool Equals(DataViewType? other) => other is OpaqueType;

        public override bool Equals(object? other) => other is OpaqueType;

        public override int GetHashCode() => 1;

        public override string ToString() => "Opaque";
    }

    private sealed class OpaqueValue;
}
