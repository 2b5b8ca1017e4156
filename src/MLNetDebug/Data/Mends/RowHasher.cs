using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>64-bit hashes of rows over canonical values: NaN equal, -0 = 0.</summary>
internal static class RowHasher
{
    /// <summary>Hashes the cursor's current row; null where no column's type has a known hash.</summary>
    public static Func<ulong>? Create(IReadOnlyList<DataViewSchema.Column> columns, DataViewRow row)
    {
        var hashes = columns.Select(c => OfColumn(c, row)).OfType<Func<ulong>>().ToArray();
        if (hashes.Length == 0)
            return null;
        return () =>
        {
            var hash = 0UL;
            foreach (var next in hashes)
                hash = Mix.Hash(hash ^ next());
            return hash;
        };
    }

    private static Func<ulong>? OfColumn(DataViewSchema.Column column, DataViewRow row)
    {
        var type = (column.Type is VectorDataViewType vector ? vector.ItemType : column.Type).RawType;
        return type == typeof(float) ? Of<float>(column, row, v => Canonical(v))
            : type == typeof(double) ? Of<double>(column, row, Canonical)
            : type == typeof(ReadOnlyMemory<char>) ? Of<ReadOnlyMemory<char>>(column, row, v => TextTable.CodeOf(v.Span))
            : type == typeof(bool) ? Of<bool>(column, row, v => v ? 1UL : 0)
            : type == typeof(byte) ? Of<byte>(column, row, v => v)
            : type == typeof(sbyte) ? Of<sbyte>(column, row, v => (ulong)v)
            : type == typeof(short) ? Of<short>(column, row, v => (ulong)v)
            : type == typeof(ushort) ? Of<ushort>(column, row, v => v)
            : type == typeof(int) ? Of<int>(column, row, v => (ulong)v)
            : type == typeof(uint) ? Of<uint>(column, row, v => v)
            : type == typeof(long) ? Of<long>(column, row, v => (ulong)v)
            : type == typeof(ulong) ? Of<ulong>(column, row, v => v)
            : type == typeof(DateTime) ? Of<DateTime>(column, row, v => (ulong)v.Ticks)
            : type == typeof(DateTimeOffset) ? Of<DateTimeOffset>(column, row, v => (ulong)v.UtcTicks)
            : type == typeof(TimeSpan) ? Of<TimeSpan>(column, row, v => (ulong)v.Ticks)
            : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Canonical(double value) =>
        double.IsNaN(value) ? BitConverter.DoubleToUInt64Bits(double.NaN) : BitConverter.DoubleToUInt64Bits(value == 0 ? 0.0 : value);

    private static Func<ulong> Of<T>(DataViewSchema.Column column, DataViewRow row, Func<T, ulong> code)
    {
        if (column.Type is VectorDataViewType)
        {
            var buffer = default(VBuffer<T>);
            var vectors = row.GetGetter<VBuffer<T>>(column);
            return () =>
            {
                vectors(ref buffer);
                var hash = (ulong)buffer.Length;
                foreach (var item in buffer.DenseValues())
                    hash = Mix.Hash(hash ^ code(item));
                return hash;
            };
        }

        var value = default(T)!;
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            getter(ref value);
            return code(value);
        };
    }
}
