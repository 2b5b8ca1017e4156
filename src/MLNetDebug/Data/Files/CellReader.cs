using System.Globalization;

using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>What ML.NET's text loader makes of one cell.</summary>
/// <param name="Fate">What happens to it.</param>
/// <param name="Value">The number read (booleans 0 and 1, keys 1-based, times in ticks); NaN where missing or text.</param>
internal readonly record struct CellReading(CellFate Fate, double Value);

/// <summary>Reads one cell as ML.NET 5.0.1's text loader does, telling what it does without a word.</summary>
internal static class CellReader
{
    private const double LargestExactSingle = 1 << 24;

    /// <summary>Reads a cell that stands in its row.</summary>
    /// <param name="cell">The text between separators, quotes removed; may be empty.</param>
    /// <param name="kind">The column's type.</param>
    /// <param name="keyCount">Number of keys for key columns; null for others.</param>
    /// <param name="decimalMarker">Point or comma.</param>
    /// <param name="missingAsNaN">Whether empty reals become NaN.</param>
    /// <param name="keepsEmpty">Whether the loader hands empty cells on; it does where it looks for missing reals in dense lines.</param>
    public static CellReading Read(
        ReadOnlySpan<char> cell, DataKind kind, ulong? keyCount = null, char decimalMarker = '.', bool missingAsNaN = false, bool keepsEmpty = false)
    {
        if (keyCount is { } count)
            return Key(cell, count);
        return kind switch
        {
            DataKind.Single or DataKind.Double => Real(cell, kind == DataKind.Single, decimalMarker, missingAsNaN),
            DataKind.SByte => Signed(cell, sbyte.MinValue, sbyte.MaxValue),
            DataKind.Int16 => Signed(cell, short.MinValue, short.MaxValue),
            DataKind.Int32 => Signed(cell, int.MinValue, int.MaxValue),
            DataKind.Int64 => Signed(cell, long.MinValue, long.MaxValue),
            DataKind.Byte => Unsigned(cell, byte.MaxValue, keepsEmpty),
            DataKind.UInt16 => Unsigned(cell, ushort.MaxValue, keepsEmpty),
            DataKind.UInt32 => Unsigned(cell, uint.MaxValue, keepsEmpty),
            DataKind.UInt64 => Unsigned(cell, ulong.MaxValue, keepsEmpty),
            DataKind.Boolean => Truth(cell),
            DataKind.DateTime or DataKind.DateTimeOffset or DataKind.TimeSpan => Time(cell, kind),
            _ => new CellReading(CellFate.AsWritten, double.NaN),
        };
    }

    private static CellReading Real(ReadOnlySpan<char> cell, bool single, char decimalMarker, bool missingAsNaN)
    {
        var text = cell.Trim();
        if (text.IsEmpty)
            return missingAsNaN ? new(CellFate.AsWritten, double.NaN) : new(CellFate.EmptyToZero, 0);
        if (IsInfinity(text))
            return new(CellFate.Infinite, text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
        if (NumberText.TryRead(text, decimalMarker, out var value, out var isInteger))
        {
            var read = single ? (float)value : value;
            var fate = double.IsInfinity(read) ? CellFate.Infinite
                : single && isInteger && Math.Abs(value) > LargestExactSingle && read != value ? CellFate.RoundedInteger
                : CellFate.AsWritten;
            return new(fate, read);
        }

        return new(text is "?" or "NaN" || IsMissingMark(cell) ? CellFate.MissingMark : CellFate.TextToNaN, double.NaN);
    }

    private static bool IsInfinity(ReadOnlySpan<char> text) => text is "Infinity" or "-Infinity" or "\u221E" or "-\u221E";

    /// <summary>The marks of a missing value that ML.NET knows, blanks around them not allowed.</summary>
    private static bool IsMissingMark(ReadOnlySpan<char> cell) => cell is "?"
        || cell.Equals("na", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("n/a", StringComparison.OrdinalIgnoreCase)
        || cell.Equals("nan", StringComparison.OrdinalIgnoreCase);

    private static CellReading Signed(ReadOnlySpan<char> cell, long least, long greatest)
    {
        if (cell.IsEmpty)
            return new(CellFate.EmptyToZero, 0);
        return !(cell[0] == '-' ? cell[1..] : cell).ContainsAnyExceptInRange('0', '9')
            && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= greatest
            ? new(CellFate.AsWritten, value)
            : new(CellFate.Throws, double.NaN);
    }

    /// <summary>An empty unsigned cell is 0, except where the loader hands empty cells on to look for missing reals: there it throws.</summary>
    private static CellReading Unsigned(ReadOnlySpan<char> cell, ulong greatest, bool emptyThrows)
    {
        if (cell.IsEmpty)
            return emptyThrows ? new(CellFate.Throws, double.NaN) : new(CellFate.EmptyToZero, 0);
        return TryDigits(cell, out var value) && value <= greatest ? new(CellFate.AsWritten, value) : new(CellFate.Throws, double.NaN);
    }

    private static CellReading Key(ReadOnlySpan<char> cell, ulong count)
    {
        if (cell.IsEmpty || IsMissingMark(cell))
            return new(CellFate.MissingMark, 0);
        return TryDigits(cell, out var value) && value < count ? new(CellFate.AsWritten, value + 1.0) : new(CellFate.KeyToMissing, 0);
    }

    private static bool TryDigits(ReadOnlySpan<char> cell, out ulong value)
    {
        value = 0;
        return !cell.ContainsAnyExceptInRange('0', '9') && ulong.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static CellReading Truth(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
            return new(CellFate.EmptyToDefault, 0);
        if (cell is "1" or "+" or "+1" || IsWord(cell, "t") || IsWord(cell, "y") || IsWord(cell, "yes") || IsWord(cell, "true"))
            return new(CellFate.AsWritten, 1);
        return cell is "0" or "-" or "-1" || IsWord(cell, "f") || IsWord(cell, "n") || IsWord(cell, "no") || IsWord(cell, "false")
            ? new(CellFate.AsWritten, 0)
            : new(CellFate.Throws, double.NaN);
    }

    private static bool IsWord(ReadOnlySpan<char> cell, string word) => cell.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static CellReading Time(ReadOnlySpan<char> cell, DataKind kind)
    {
        if (cell.IsEmpty)
            return new(CellFate.EmptyToDefault, 0);
        var culture = CultureInfo.InvariantCulture;
        var read = kind switch
        {
            DataKind.TimeSpan => TimeSpan.TryParse(cell, culture, out _),
            DataKind.DateTime => DateTime.TryParse(cell, culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out _),
            _ => DateTimeOffset.TryParse(cell, culture, DateTimeStyles.AssumeUniversal, out _),
        };
        return new(read ? CellFate.AsWritten : CellFate.Throws, double.NaN);
    }
}
