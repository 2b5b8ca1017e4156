namespace MLNetDebug.Reports;

/// <summary>Breaks lines of C# so that they still compile when copied: at spaces, before dots and behind brackets, outside of string literals.</summary>
internal static class CodeWrap
{
    private const int ContinuationIndent = 4;

    public static IEnumerable<string> Lines(string code, int width) =>
        SafeLines(code).SelectMany(line => Break(line, Math.Max(width, ContinuationIndent + 1)));

    private static IEnumerable<string> SafeLines(string code) =>
        code.ReplaceLineEndings("\n").Trim('\n').Split('\n').Take(40).Select(line => SafeText.Line(line).TrimEnd());

    private static IEnumerable<string> Break(string line, int width)
    {
        var indent = 0;
        while (line.Length + indent > width)
        {
            var cut = LastCut(line, width - indent);
            yield return new string(' ', indent) + line[..cut].TrimEnd();
            line = line[cut..].TrimStart();
            indent = ContinuationIndent;
        }

        yield return new string(' ', indent) + line;
    }

    /// <summary>The last place that fits: best a space or the dot of a chained call, else behind an opening bracket, else anywhere.</summary>
    private static int LastCut(string line, int room)
    {
        var (best, bracket) = (0, 0);
        var quoted = false;
        var leading = line.Length - line.TrimStart().Length;
        for (var i = 0; i <= room && i < line.Length; i++)
        {
            if (!quoted && i > leading)
            {
                if (line[i] == ' ' || (line[i] == '.' && line[i - 1] == ')'))
                    best = i;
                else if (line[i - 1] == '(')
                    bracket = i;
            }

            if (line[i] == '"' && (i == 0 || line[i - 1] != '\\'))
                quoted = !quoted;
        }

        return best > 0 ? best : bracket > 0 ? bracket : WordWrap.HardCut(line, room);
    }
}
