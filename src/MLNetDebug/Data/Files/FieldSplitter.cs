using System.Globalization;

using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>One field of a line.</summary>
/// <param name="Index">Zero-based source index.</param>
/// <param name="Text">Its text, quotes removed.</param>
/// <param name="IsBadQuote">True where its quotes are malformed, which empties it.</param>
internal readonly record struct Field(int Index, ReadOnlyMemory<char> Text, bool IsBadQuote);

/// <summary>Splits lines into fields as ML.NET 5.0.1's text loader does.</summary>
/// <param name="syntax">How lines are written.</param>
/// <param name="needed">Greatest source index any column needs; dense fields beyond the next one end a sparse line.</param>
internal sealed class FieldSplitter(TextSyntax syntax, int needed = int.MaxValue - 1)
{
    private readonly List<Field> _fields = [];
    private readonly QuoteReader _quotes = new(syntax);
    private readonly bool _spaceSeparates = syntax.IsSeparator(' ');

    /// <summary>The fields of the last line in order of their index; in a sparse line only those that stand there.</summary>
    public IReadOnlyList<Field> Fields => _fields;

    /// <summary>
    /// True where the last line holds index:value items that do not fit (out of order, too large, before a dense value), or that ML.NET counts from the
    /// wrong field because an empty one stands before them.
    /// </summary>
    public bool IsBadSparse { get; private set; }

    /// <summary>Splits a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <returns>The number of fields, those that stand for sparse zeros included.</returns>
    public int Split(string line)
    {
        _fields.Clear();
        IsBadSparse = false;
        var text = line.AsMemory();
        if (syntax.TrimWhitespace)
            text = text.TrimEnd();
        return syntax.AllowSparse ? Sparse(text) : Dense(text);
    }

    private int Dense(ReadOnlyMemory<char> text)
    {
        var at = 0;
        var count = 0;
        bool more;
        do
        {
            more = Next(text, ref at, sparse: false, out _, out var cell, out var bad);
            _fields.Add(new Field(count++, cell, bad));
        }
        while (more);
        return count;
    }

    /// <summary>
    /// Dense fields, then index:value items relative to them. Without a declared size the last dense field before the first item is the number of
    /// sparse fields, and no field itself.
    /// </summary>
    private int Sparse(ReadOnlyMemory<char> text)
    {
        int at = 0, dense = 0, start = -1, size = syntax.InputSize, previous = -1;
        bool more;
        do
        {
            more = Next(text, ref at, sparse: true, out var index, out var cell, out var bad);
            if (index < 0)
            {
                if (start >= 0)
                    return Bad(size);
                if (!cell.IsEmpty || bad)
                    _fields.Add(new Field(dense, cell, bad));
                if (dense++ > needed)
                    return Math.Max(dense, size);
                continue;
            }

            if (start < 0 && !TryStart(dense, ref size, out start))
                return Bad(dense);
            IsBadSparse |= start < dense && syntax.InputSize > 0;
            if (index <= previous || index >= size - start)
                return Bad(size);
            previous = index;
            if (!cell.IsEmpty || bad)
                _fields.Add(new Field(start + index, cell, bad));
        }
        while (more);
        return start < 0 ? Math.Max(dense, size) : size;
    }

    private int Bad(int count)
    {
        IsBadSparse = true;
        return count;
    }

    private bool TryStart(int dense, ref int size, out int start)
    {
        // With a size given ML.NET counts the dense fields that are not empty, not those that stand there.
        start = _fields.Count(f => !f.Text.IsEmpty);
        if (size > 0)
            return true;
        if (_fields.Count == 0 || _fields[^1].Index != dense - 1
            || CellReader.Read(_fields[^1].Text.Span, DataKind.Int32) is not { Fate: CellFate.AsWritten, Value: > 0 and var count })
            return false;
        start = _fields[^1].Index;
        _fields.RemoveAt(_fields.Count - 1);
        size = (int)Math.Min(start + count, int.MaxValue - 1);
        return true;
    }

    /// <summary>Reads one field from <paramref name="at"/> and steps over its separator.</summary>
    /// <returns>False where the line ends with it.</returns>
    private bool Next(ReadOnlyMemory<char> text, ref int at, bool sparse, out int index, out ReadOnlyMemory<char> cell, out bool bad)
    {
        var span = text.Span;
        index = -1;
        bad = false;
        cell = default;
        SkipBlanks(span, ref at);
        if (sparse && TryIndex(span, ref at, out index))
            SkipBlanks(span, ref at);
        if (at >= span.Length)
            return false;
        if (syntax.AllowQuoting && span[at] == '"')
        {
            bad = !_quotes.TryRead(span, ref at);
            cell = bad ? default : _quotes.Text.AsMemory();
        }
        else
        {
            var start = at;
            while (at < span.Length && !syntax.IsSeparator(span[at]))
                at++;
            cell = text[start..at];
        }

        return at++ < span.Length;
    }

    private void SkipBlanks(ReadOnlySpan<char> span, ref int at)
    {
        if (_spaceSeparates)
            return;
        while (at < span.Length && span[at] == ' ')
            at++;
    }

    /// <summary>An index is at most nine digits followed by a colon.</summary>
    private static bool TryIndex(ReadOnlySpan<char> span, ref int at, out int index)
    {
        index = -1;
        var end = at;
        while (end < span.Length && end < at + 9 && char.IsAsciiDigit(span[end]))
            end++;
        if (end == at || end >= span.Length || span[end] != ':')
            return false;
        index = int.Parse(span[at..end], NumberStyles.None, CultureInfo.InvariantCulture);
        at = end + 1;
        return true;
    }
}
