namespace MLNetDebug.Data;

/// <summary>The rows of a text file as ML.NET 5.0.1's text loader sees them: comments and empty lines gone, quoted line ends joined.</summary>
internal sealed class RowReader(System.IO.TextReader reader, TextSyntax syntax)
{
    private long _line;
    private bool _started;

    /// <summary>1-based line at which the last row begins.</summary>
    public long Line { get; private set; }

    /// <summary>Lines skipped as comments.</summary>
    public Tally Skipped { get; } = new();

    /// <summary>Line of a quoted field that the file ends in; null where there is none.</summary>
    public long? UnclosedQuote { get; private set; }

    /// <summary>The next row; null at the end, or where a quote is never closed.</summary>
    public string? Next()
    {
        while (reader.ReadLine() is { } text)
        {
            Line = ++_line;
            if (text.Length == 0)
                continue;
            // A hash marks a comment only before the first row.
            if (text.StartsWith("//", StringComparison.Ordinal) || (!_started && text[0] == '#'))
            {
                Skipped.Add(_line, text);
                continue;
            }

            _started = true;
            return syntax.ReadMultilines ? Join(text) : text;
        }

        return null;
    }

    private string? Join(string text)
    {
        if (!EndsInsideQuote(text, false))
            return text;
        var joined = new System.Text.StringBuilder(text);
        for (var open = true; open;)
        {
            if (reader.ReadLine() is not { } more)
            {
                UnclosedQuote = Line;
                return null;
            }

            _line++;
            joined.Append('\n').Append(more);
            open = EndsInsideQuote(more, true);
        }

        return joined.ToString();
    }

    /// <summary>Whether the line ends within a quoted field. Text after a closing quote ends the search: the field is malformed anyway.</summary>
    private bool EndsInsideQuote(string line, bool inside)
    {
        if (line.Length == 0)
            return inside;
        var at = 0;
        while (true)
        {
            if (!inside)
                SkipBlanks(line, ref at);
            if (at >= line.Length)
                return inside;
            if (inside || line[at] == '"')
            {
                if (!Close(line, inside ? at : at + 1, out at))
                    return true;
                inside = false;
                SkipBlanks(line, ref at);
                if (at < line.Length && !syntax.IsSeparator(line[at]))
                    return false;
            }
            else
            {
                while (at < line.Length && !syntax.IsSeparator(line[at]))
                    at++;
            }

            while (at < line.Length && syntax.IsSeparator(line[at]))
                at++;
            if (at >= line.Length)
                return false;
        }
    }

    private void SkipBlanks(string line, ref int at)
    {
        while (at < line.Length && line[at] == ' ' && !syntax.IsSeparator(' '))
            at++;
    }

    /// <summary>Finds the closing quote from <paramref name="start"/>; <paramref name="after"/> is the place behind it.</summary>
    private bool Close(string line, int start, out int after)
    {
        for (after = start; after < line.Length; after++)
        {
            var c = line[after];
            if (c == syntax.EscapeChar && c != '"')
            {
                after++;
            }
            else if (c == '"')
            {
                after++;
                if (syntax.EscapeChar != '"' || after >= line.Length || line[after] != '"')
                    return true;
            }
        }

        return false;
    }
}
