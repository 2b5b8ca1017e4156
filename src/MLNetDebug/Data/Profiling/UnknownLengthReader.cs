using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Reads a vector whose length differs by row as one code: a hash of its length and items.</summary>
internal static class UnknownLengthReader
{
    public static ColumnReader Create(ColumnPlan plan, DataViewType item, DataViewSchema.Column column, DataViewRow row)
    {
        var type = item.RawType;
        return type == typeof(ReadOnlyMemory<char>) ? new UnknownLengthReader<ReadOnlyMemory<char>>(plan, v => TextTable.CodeOf(v.Span), column, row)
            : type == typeof(float) ? new UnknownLengthReader<float>(plan, v => BitConverter.SingleToUInt32Bits(Canonical.Of(v)), column, row)
            : type == typeof(double) ? new UnknownLengthReader<double>(plan, v => BitConverter.DoubleToUInt64Bits(Canonical.Of(v)), column, row)
            : type == typeof(bool) ? Make<bool>() : type == typeof(sbyte) ? Make<sbyte>() : type == typeof(byte) ? Make<byte>()
            : type == typeof(short) ? Make<short>() : type == typeof(ushort) ? Make<ushort>()
            : type == typeof(int) ? Make<int>() : type == typeof(uint) ? Make<uint>()
            : type == typeof(long) ? Make<long>() : type == typeof(ulong) ? Make<ulong>()
            : type == typeof(DateTime) ? new UnknownLengthReader<DateTime>(plan, v => (ulong)v.Ticks, column, row)
            : type == typeof(DateTimeOffset) ? new UnknownLengthReader<DateTimeOffset>(plan, v => (ulong)v.UtcTicks, column, row)
            : new UnknownLengthReader<TimeSpan>(plan, v => (ulong)v.Ticks, column, row);

        ColumnReader Make<T>()
            where T : unmanaged => new UnknownLengthReader<T>(plan, Bits, column, row);
    }

    private static ulong Bits<T>(T value)
        where T : unmanaged
    {
        ulong bits = 0;
        Unsafe.WriteUnaligned(ref Unsafe.As<ulong, byte>(ref bits), value);
        return bits;
    }
}

/// <summary>A vector whose length differs by row.</summary>
internal sealed class UnknownLengthReader<T>(ColumnPlan plan, Func<T, ulong> toCode, DataViewSchema.Column column, DataViewRow row)
    : ColumnReader(plan)
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
    private VBuffer<T> _buffer;

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _buffer);
        var hash = Mix.Hash((ulong)_buffer.Length);
        var values = _buffer.GetValues();
        var slots = _buffer.GetIndices();
        for (var i = 0; i < values.Length; i++)
        {
            // Zeros are left out, so that a sparse vector and its dense twin agree.
            var code = toCode(values[i]);
            if (code != 0)
                hash = Mix.Hash(hash ^ code ^ Mix.Hash((ulong)(_buffer.IsDense ? i : slots[i])));
        }

        block.CodesOf(row, Plan.CodeOffset, 1)[0] = hash;
    }
}
