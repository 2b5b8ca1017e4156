using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>How one item type becomes a number, and a code where a double would round it.</summary>
/// <typeparam name="T">The item type.</typeparam>
/// <param name="ToNumber">The number; NaN where missing.</param>
/// <param name="ToCode">All bits of it; null where the number has them.</param>
internal sealed record ItemConversion<T>(Func<T, double> ToNumber, Func<T, ulong>? ToCode = null);

/// <summary>Readers of every kind that is a number in the end, but for floats.</summary>
internal static class NumberReader
{
    public static ColumnReader Create(ColumnPlan plan, DataViewType item, DataViewSchema.Column column, DataViewRow row)
    {
        ColumnReader Make<T>(ItemConversion<T> conversion) => plan.IsVector
            ? new NumberVectorReader<T>(plan, conversion, column, row)
            : new NumberScalarReader<T>(plan, conversion, column, row);

        var type = item.RawType;
        if (item is KeyDataViewType)
        {
            return type == typeof(byte) ? Make(new ItemConversion<byte>(v => v == 0 ? double.NaN : v))
                : type == typeof(ushort) ? Make(new ItemConversion<ushort>(v => v == 0 ? double.NaN : v))
                : type == typeof(uint) ? Make(new ItemConversion<uint>(v => v == 0 ? double.NaN : v))
                : Make(new ItemConversion<ulong>(v => v == 0 ? double.NaN : v));
        }

        return type == typeof(bool) ? Make(new ItemConversion<bool>(v => v ? 1 : 0))
            : type == typeof(double) ? Make(new ItemConversion<double>(Canonical.Of))
            : type == typeof(sbyte) ? Make(new ItemConversion<sbyte>(v => v))
            : type == typeof(byte) ? Make(new ItemConversion<byte>(v => v))
            : type == typeof(short) ? Make(new ItemConversion<short>(v => v))
            : type == typeof(ushort) ? Make(new ItemConversion<ushort>(v => v))
            : type == typeof(int) ? Make(new ItemConversion<int>(v => v))
            : type == typeof(uint) ? Make(new ItemConversion<uint>(v => v))
            : type == typeof(long) ? Make(new ItemConversion<long>(v => v, v => (ulong)v))
            : type == typeof(ulong) ? Make(new ItemConversion<ulong>(v => v, v => v))
            : type == typeof(DateTime) ? Make(new ItemConversion<DateTime>(v => v == default ? double.NaN : v.Ticks, v => (ulong)v.Ticks))
            : type == typeof(DateTimeOffset) ? Make(new ItemConversion<DateTimeOffset>(v => v == default ? double.NaN : v.UtcTicks, v => (ulong)v.UtcTicks))
            : Make(new ItemConversion<TimeSpan>(v => v.Ticks, v => (ulong)v.Ticks));
    }
}

/// <summary>A column of one number per row.</summary>
internal sealed class NumberScalarReader<T>(ColumnPlan plan, ItemConversion<T> conversion, DataViewSchema.Column column, DataViewRow row)
    : ColumnReader(plan)
{
    private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
    private readonly Func<T, double> _toNumber = conversion.ToNumber;
    private readonly Func<T, ulong>? _toCode = conversion.ToCode;
    private T _value = default!;

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _value);
        if (Plan.Lane == Lane.Single)
            block.SinglesOf(row, Plan.Offset, 1)[0] = (float)_toNumber(_value);
        else
            block.DoublesOf(row, Plan.Offset, 1)[0] = _toNumber(_value);
        if (_toCode is not null)
            block.CodesOf(row, Plan.CodeOffset, 1)[0] = _toCode(_value);
    }
}

/// <summary>A vector of numbers, dense or sparse.</summary>
internal sealed class NumberVectorReader<T>(ColumnPlan plan, ItemConversion<T> conversion, DataViewSchema.Column column, DataViewRow row)
    : ColumnReader(plan)
{
    private readonly ValueGetter<VBuffer<T>> _getter = row.GetGetter<VBuffer<T>>(column);
    private readonly Func<T, double> _toNumber = conversion.ToNumber;
    private readonly Func<T, ulong>? _toCode = conversion.ToCode;
    private VBuffer<T> _buffer;

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _buffer);
        VectorLength.Check(_buffer.Length, Plan);
        var values = _buffer.GetValues();
        var slots = _buffer.GetIndices();
        if (!_buffer.IsDense)
            FillDefaults(block, row);
        for (var i = 0; i < values.Length; i++)
            Put(block, row, _buffer.IsDense ? i : slots[i], values[i]);
    }

    /// <summary>What a sparse vector leaves out is its type's default.</summary>
    private void FillDefaults(RowBlock block, int row)
    {
        var number = _toNumber(default!);
        if (Plan.Lane == Lane.Single)
            block.SinglesOf(row, Plan.Offset, Plan.Width).Fill((float)number);
        else
            block.DoublesOf(row, Plan.Offset, Plan.Width).Fill(number);
        if (_toCode is not null)
            block.CodesOf(row, Plan.CodeOffset, Plan.CodeWidth).Fill(_toCode(default!));
    }

    private void Put(RowBlock block, int row, int slot, T value)
    {
        if (Plan.Lane == Lane.Single)
            block.SinglesOf(row, Plan.Offset + slot, 1)[0] = (float)_toNumber(value);
        else
            block.DoublesOf(row, Plan.Offset + slot, 1)[0] = _toNumber(value);
        if (_toCode is not null)
            block.CodesOf(row, Plan.CodeOffset + slot, 1)[0] = _toCode(value);
    }
}
