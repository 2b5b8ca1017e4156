namespace MLNetDebug.Data;

/// <summary>Finds the separator a file is written with, where the one given finds too few fields.</summary>
internal static class SeparatorGuess
{
    /// <summary>First rows that are tried.</summary>
    public const int Rows = 50;

    /// <summary>Characters kept of each.</summary>
    public const int MaxLength = 10_000;

    private static readonly char[] Candidates = [',', ';', '\t', '|', ' '];

    public static char? Find(TextSyntax syntax, IReadOnlyList<string> rows, int fieldsNeeded)
    {
        if (rows.Count == 0)
            return null;
        foreach (var candidate in Candidates.Where(c => !syntax.IsSeparator(c) && c != syntax.EscapeChar))
        {
            var splitter = new FieldSplitter(new TextSyntax([candidate], syntax.AllowQuoting, syntax.EscapeChar));
            if (rows.Count(r => splitter.Split(r) >= fieldsNeeded) * 10 >= rows.Count * 9)
                return candidate;
        }

        return null;
    }
}
