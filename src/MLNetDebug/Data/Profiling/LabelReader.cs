using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>The number of a row's label, whatever its type.</summary>
internal abstract class LabelReader
{
    /// <summary>Reads the row's label.</summary>
    /// <param name="hash">A hash that is the same for the same label in another data set; 0 where missing.</param>
    /// <returns>Class value, number or 1-based key; NaN where missing.</returns>
    public abstract double Read(out uint hash);

    /// <param name="texts">Numbers the texts of a text label; null for other kinds.</param>
    /// <param name="column">The column in the cursor's schema.</param>
    /// <param name="row">The cursor.</param>
    public static LabelReader Create(LabelTexts? texts, DataViewSchema.Column column, DataViewRow row)
    {
        if (texts is not null)
            return new TextLabelReader(texts, column, row);
        var type = column.Type.RawType;
        if (column.Type is KeyDataViewType)
        {
            return type == typeof(byte) ? new LabelReader<byte>(v => v == 0 ? double.NaN : v, column, row)
                : type == typeof(ushort) ? new LabelReader<ushort>(v => v == 0 ? double.NaN : v, column, row)
                : type == typeof(uint) ? new LabelReader<uint>(v => v == 0 ? double.NaN : v, column, row)
                : new LabelReader<ulong>(v => v == 0 ? double.NaN : v, column, row);
        }

        return type == typeof(float) ? new LabelReader<float>(v => v, column, row)
            : type == typeof(double) ? new LabelReader<double>(v => v, column, row)
            : type == typeof(bool) ? new LabelReader<bool>(v => v ? 1 : 0, column, row)
            : type == typeof(sbyte) ? new LabelReader<sbyte>(v => v, column, row)
            : type == typeof(byte) ? new LabelReader<byte>(v => v, column, row)
            : type == typeof(short) ? new LabelReader<short>(v => v, column, row)
            : type == typeof(ushort) ? new LabelReader<ushort>(v => v, column, row)
            : type == typeof(int) ? new LabelReader<int>(v => v, column, row)
            : type == typeof(uint) ? new LabelReader<uint>(v => v, column, row)
            : type == typeof(long) ? new LabelReader<long>(v => v, column, row)
            : type == typeof(ulong) ? new LabelReader<ulong>(v => v, column, row)
            : type == typeof(DateTime) ? new LabelReader<DateTime>(v => v == default ? double.NaN : v.Ticks, column, row)
            : type == typeof(DateTimeOffset) ? new LabelReader<DateTimeOffset>(v => v == default ? double.NaN : v.UtcTicks, column, row)
            : new LabelReader<TimeSpan>(v => v.Ticks, column, row);
    }
}

/// <summary>The label of one type.</summary>
internal sealed class LabelReader<T>(Func<T, double> toNumber, DataViewSchema.Column column, DataViewRow row) : LabelReader
{
    private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
    private T _value = default!;

    public override double Read(out uint hash)
    {
        _getter(ref _value);
        var number = toNumber(_value);
        hash = double.IsNaN(number) ? 0 : Mix.Label(BitConverter.DoubleToUInt64Bits(number + 0.0));
        return number;
    }
}

/// <summary>A text label.</summary>
internal sealed class TextLabelReader(LabelTexts texts, DataViewSchema.Column column, DataViewRow row) : LabelReader
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
    private ReadOnlyMemory<char> _value;

    public override double Read(out uint hash)
    {
        _getter(ref _value);
        hash = _value.IsEmpty ? 0 : Mix.Label(TextTable.CodeOf(_value.Span));
        return texts.CodeOf(_value.Span);
    }
}
