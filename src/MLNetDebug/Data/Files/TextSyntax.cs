using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>The part of a text loader's options that says how lines are split.</summary>
internal sealed record TextSyntax(IReadOnlyList<char> Separators, bool AllowQuoting, char EscapeChar)
{
    private readonly char _first = Separators[0];
    private readonly bool _one = Separators.Count == 1;

    public bool AllowSparse { get; init; }

    public bool TrimWhitespace { get; init; }

    public bool ReadMultilines { get; init; }

    /// <summary>Number of fields in a line; 0 where not declared.</summary>
    public int InputSize { get; init; }

    public static TextSyntax Of(TextLoader.Options options) => new([.. options.Separators.Distinct()], options.AllowQuoting, options.EscapeChar)
    {
        AllowSparse = options.AllowSparse,
        TrimWhitespace = options.TrimWhitespace,
        ReadMultilines = options.AllowQuoting && options.ReadMultilines,
        InputSize = options.InputSize ?? 0,
    };

    public bool IsSeparator(char c) => c == _first || (!_one && Separators.Contains(c));
}
