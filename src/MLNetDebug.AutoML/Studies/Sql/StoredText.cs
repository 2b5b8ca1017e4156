using System.Globalization;
using System.Text;

namespace MLNetDebug.AutoML.Studies.Sql;

/// <summary>
/// Text as a study store writes it: as it is, but for what databases do not take (PostgreSQL no NUL, UTF-8 no lone surrogate). These stand as U+001A, the control
/// character for what cannot be written, and four hexadecimal digits.
/// </summary>
internal static class StoredText
{
    private const char Escape = '\u001A';

    public static string Of(string text)
    {
        var first = NextOdd(text, 0);
        if (first < 0)
            return text;
        var stored = new StringBuilder(text.Length + 16);
        var from = 0;
        for (var at = first; at >= 0; at = NextOdd(text, from))
        {
            stored.Append(text, from, at - from).Append(Escape).Append(((int)text[at]).ToString("X4", CultureInfo.InvariantCulture));
            from = at + 1;
        }

        return stored.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>What was written; what none of ours wrote stays as it is.</summary>
    public static string Parse(string stored)
    {
        if (!stored.Contains(Escape))
            return stored;
        var text = new StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            if (stored[i] == Escape && i + 4 < stored.Length && ushort.TryParse(stored.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 4;
            }
            else
            {
                text.Append(stored[i]);
            }
        }

        return text.ToString();
    }

    private static int NextOdd(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] is '\0' or Escape)
                return i;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
