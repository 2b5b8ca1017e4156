using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>What a text loader does to a cell without a word, or what stops it.</summary>
internal enum CellFate
{
    /// <summary>Read as it stands.</summary>
    AsWritten = 0,

    /// <summary>An empty cell of a real or integer column that becomes 0.</summary>
    EmptyToZero = 1,

    /// <summary>An empty boolean that becomes false, or an empty date that becomes the first of all dates.</summary>
    EmptyToDefault = 2,

    /// <summary>A usual mark of a missing value (?, NA, N/A, NaN) that becomes NaN, or a missing key.</summary>
    MissingMark = 3,

    /// <summary>A text that is no number and becomes NaN.</summary>
    TextToNaN = 4,

    /// <summary>A number too large for its type, or the word Infinity, that becomes infinite.</summary>
    Infinite = 5,

    /// <summary>An integer above 2^24 that a 32-bit float rounds to another one.</summary>
    RoundedInteger = 6,

    /// <summary>A key that is no number, or not below the declared count, and becomes missing.</summary>
    KeyToMissing = 7,

    /// <summary>A quoted cell with text after its closing quote, or without one, that becomes empty.</summary>
    BadQuote = 8,

    /// <summary>A cell at which the loader throws.</summary>
    Throws = 9,

    /// <summary>A text with blanks at its ends that also stands without them: two categories for one.</summary>
    BlankTwin = 10,

    /// <summary>A text with characters that are not UTF-8 and become U+FFFD.</summary>
    Undecodable = 11,
}

/// <summary>How often one thing happened, and where first.</summary>
/// <param name="Count">Cells or lines.</param>
/// <param name="Lines">First 1-based lines of the file, at most <see cref="MaxKept"/>.</param>
/// <param name="Examples">First different texts, at most <see cref="MaxKept"/>.</param>
internal sealed record Occurrence(long Count, IReadOnlyList<long> Lines, IReadOnlyList<string> Examples)
{
    /// <summary>At most so many lines and texts are kept.</summary>
    public const int MaxKept = 5;

    /// <summary>Nothing happened.</summary>
    public static Occurrence None { get; } = new(0, [], []);
}

/// <summary>One fate in one column.</summary>
/// <param name="Column">The column's name in the loader's options.</param>
/// <param name="Slot">Zero-based slot of a vector column; null for a scalar.</param>
/// <param name="SourceName">What the file's header calls it; null without a header.</param>
/// <param name="SourceIndex">Zero-based field in the line.</param>
/// <param name="Kind">The type the loader was told.</param>
/// <param name="Fate">What becomes of the cells.</param>
/// <param name="Where">How many cells, and where first.</param>
internal sealed record ColumnFate(
    string Column, int? Slot, string? SourceName, int SourceIndex, DataKind Kind, CellFate Fate, Occurrence Where);

/// <summary>What a text loader with these options would do to the cells of a file. Immutable.</summary>
internal sealed record FileCheck
{
    /// <summary>The file's name without its folder.</summary>
    public required string FileName { get; init; }

    /// <summary>The separators.</summary>
    public required IReadOnlyList<char> Separators { get; init; }

    /// <summary>Whether the options ask for empty reals to be NaN.</summary>
    public bool MissingRealsAsNaNs { get; init; }

    /// <summary>Whether the options allow quotes.</summary>
    public bool AllowQuoting { get; init; }

    /// <summary>Whether the options name a header.</summary>
    public bool HasHeader { get; init; }

    /// <summary>Rows the loader would give.</summary>
    public required long Rows { get; init; }

    /// <summary>Fields a row must have for every column to be filled.</summary>
    public required int FieldsNeeded { get; init; }

    /// <summary>The most common number of fields.</summary>
    public int FieldsUsual { get; init; }

    /// <summary>Rows with fewer fields than needed: the rest is filled with 0, false or nothing.</summary>
    public Occurrence ShortRows { get; init; } = Occurrence.None;

    /// <summary>Rows with more fields than usual: the rest is dropped, and what stands behind a stray separator has moved.</summary>
    public Occurrence LongRows { get; init; } = Occurrence.None;

    /// <summary>Rows whose index:value items do not fit: the loader drops the rest of the row, or moves values to other fields.</summary>
    public Occurrence BadSparseRows { get; init; } = Occurrence.None;

    /// <summary>Lines skipped as comments (// anywhere, # before the first row).</summary>
    public Occurrence SkippedLines { get; init; } = Occurrence.None;

    /// <summary>True where the first row reads as column names: a header that the options do not mention.</summary>
    public bool FirstRowIsHeader { get; init; }

    /// <summary>True where the line skipped as a header holds numbers only: a row that is lost.</summary>
    public bool HeaderIsData { get; init; }

    /// <summary>1-based line of the first row or of the header; 0 where the file has none.</summary>
    public long FirstLine { get; init; }

    /// <summary>A separator that would give the fields needed where the one given does not; null otherwise.</summary>
    public char? LikelySeparator { get; init; }

    /// <summary>True where texts that are no numbers would be with the other decimal marker.</summary>
    public bool OtherDecimalMarker { get; init; }

    /// <summary>Line of a quote that is never closed; null where all are.</summary>
    public long? UnclosedQuote { get; init; }

    /// <summary>What becomes of cells, by column and fate, first field first.</summary>
    public IReadOnlyList<ColumnFate> Fates { get; init; } = [];

    /// <summary>Columns whose cells were not checked, and why.</summary>
    public IReadOnlyList<NotChecked> NotChecked { get; init; } = [];
}
