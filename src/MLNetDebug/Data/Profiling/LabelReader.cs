using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>The texts of a text label, numbered 1, 2, ... in order of appearance.</summary>
internal sealed class LabelTexts
{
    /// <summary>Texts beyond the classes a label profile can count are not told apart by their order but by a hash.</summary>
    private const int MaxTexts = LabelProfile.MaxClasses + 1;

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];

    public LabelTexts()
    {
        _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The number of a text; NaN for an empty one.</summary>
    public double CodeOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return double.NaN;
        if (_lookup.TryGetValue(text, out var code))
            return code;
        if (_texts.Count == MaxTexts)
            return MaxTexts + 1 + (TextTable.CodeOf(text) & 0xFFFF_FFFF_FFFF);
        _texts.Add(text.ToString());
        _codes[_texts[^1]] = _texts.Count;
        return _texts.Count;
    }

    /// <summary>The texts of a file, in order.</summary>
    public static LabelTexts Of(IEnumerable<string> texts)
    {
        var made = new LabelTexts();
        foreach (var text in texts)
            made.CodeOf(text);
        return made;
    }

    /// <summary>The number here of a number there; texts that are new here are added.</summary>
    public double Translate(double code, LabelTexts there) =>
        code >= 1 && code <= there.Texts.Count ? CodeOf(there.Texts[(int)code - 1]) : code;

    /// <summary>The text of a number.</summary>
    public string TextOf(double code) => code >= 1 && code <= _texts.Count ? _texts[(int)code - 1] : string.Empty;
}

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
