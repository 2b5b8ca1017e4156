namespace MLNetDebug.Reports;

/// <summary>Breaks text into lines.</summary>
internal static class WordWrap
{
    /// <summary>Lines of at most a width, broken at spaces, and inside a word only where it alone is wider. At least one line.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        width = Math.Max(width, 1);
        var rest = text.AsMemory().Trim();
        do
        {
            if (rest.Length <= width)
            {
                yield return rest.ToString();
                yield break;
            }

            var cut = rest.Span[..(width + 1)].LastIndexOf(' ');
            if (cut <= 0)
                cut = HardCut(rest.Span, width);
            yield return rest[..cut].TrimEnd().ToString();
            rest = rest[cut..].TrimStart();
        }
        while (rest.Length > 0);
    }

    /// <summary>Where to cut a word that is too long: never between two surrogates.</summary>
    public static int HardCut(ReadOnlySpan<char> text, int width) =>
        width > 1 && char.IsHighSurrogate(text[width - 1]) ? width - 1 : width;
}
