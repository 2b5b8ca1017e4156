using System.Text;

namespace MLNetDebug.Data;

/// <summary>Reads quoted fields as ML.NET 5.0.1's text loader does.</summary>
internal sealed class QuoteReader(TextSyntax syntax)
{
    private readonly StringBuilder _unquoted = new();

    /// <summary>The text of the last field, its quotes and escapes removed.</summary>
    public string Text => _unquoted.ToString();

    /// <summary>Reads a quoted field, up to the separator that follows it.</summary>
    /// <param name="span">The line.</param>
    /// <param name="at">The opening quote; then the separator, or the end of the line.</param>
    /// <returns>False where the quote is not closed, or other text follows it.</returns>
    public bool TryRead(ReadOnlySpan<char> span, ref int at)
    {
        _unquoted.Clear();
        var closed = syntax.EscapeChar == '"' ? DoubledQuotes(span, ref at) : EscapedQuotes(span, ref at);
        for (; at < span.Length; at++)
        {
            if (syntax.IsSeparator(span[at]))
                break;
            closed &= span[at] == ' ';
        }

        return closed;
    }

    private bool DoubledQuotes(ReadOnlySpan<char> span, ref int at)
    {
        for (at++; at < span.Length; at++)
        {
            if (span[at] == '"')
            {
                at++;
                if (at >= span.Length || span[at] != '"')
                    return true;
            }

            _unquoted.Append(span[at]);
        }

        return false;
    }

    /// <summary>The escape character itself stays in the text unless a quote follows it.</summary>
    private bool EscapedQuotes(ReadOnlySpan<char> span, ref int at)
    {
        for (at++; at < span.Length; at++)
        {
            if (span[at] == syntax.EscapeChar)
            {
                if (++at >= span.Length)
                    return false;
                if (span[at] != '"')
                    _unquoted.Append(syntax.EscapeChar);
                _unquoted.Append(span[at]);
            }
            else if (span[at] == '"')
            {
                at++;
                return true;
            }
            else
            {
                _unquoted.Append(span[at]);
            }
        }

        return false;
    }
}
