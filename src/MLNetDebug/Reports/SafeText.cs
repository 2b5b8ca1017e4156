using System.Globalization;
using System.Text;

namespace MLNetDebug.Reports;

/// <summary>Makes text that came from a user's data fit to be written: bounded, and nothing in it that a terminal or a parser obeys.</summary>
internal static class SafeText
{
    /// <summary>At most so many characters of one name, message or value are written.</summary>
    public const int MaxLength = 4_096;

    private const char Ellipsis = '\u2026';

    /// <summary>Bounded, and with lone surrogates replaced by U+FFFD: what any JSON writer and reader takes.</summary>
    public static string Clean(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
            return string.Empty;
        var bounded = Bound(text, maxLength);
        return IsWellFormed(bounded) ? bounded : Rebuild(bounded, rune => rune.ToString());
    }

    /// <summary>As <see cref="Clean"/>, on one line, with control and invisible format characters written as <c>\u001B</c>.</summary>
    public static string Line(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
            return string.Empty;
        return Rebuild(Bound(text, maxLength), Visible);
    }

    private static string Bound(string text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text;
        // A pair of surrogates stays whole.
        var end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        return string.Concat(text.AsSpan(0, end), [Ellipsis]);
    }

    private static bool IsWellFormed(string text)
    {
        foreach (var c in text)
        {
            if (char.IsSurrogate(c))
                return false;
        }

        return true;
    }

    private static string Rebuild(string text, Func<Rune, string> write)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(write(rune));
        return result.ToString();
    }

    private static string Visible(Rune rune)
    {
        if (rune.Value is '\n' or '\r' or '\t')
            return " ";
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                => rune.Value <= 0xFFFF
                    ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}")
                    : string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            UnicodeCategory.SpaceSeparator => " ",
            _ => rune.ToString(),
        };
    }
}
