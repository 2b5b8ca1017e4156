namespace MLNetDebug.Data;

/// <summary>What MLD116 says of whole lines of a file: header, separator, ragged rows, comments, quotes.</summary>
internal static class FileFindings
{
    public static IEnumerable<FindingDraft> Of(FileCheck file)
    {
        if (file.UnclosedQuote is { } open)
            yield return Draft(file, Severity.Error, $"{file.FileName}: the quote opened on line {Words.Number(open)} is never closed; the loader throws there.", "lines from there", 1, "Close the quote, or read the file without AllowQuoting.", "AllowQuoting = false");
        if (file.FirstRowIsHeader)
            yield return Draft(file, null, $"{file.FileName}: line {Words.Number(file.FirstLine)} holds column names, and the options do not say so: it is read as a row whose names become NaN.", "rows", 1, "Say that the file has a header.", "HasHeader = true");
        if (file.HeaderIsData)
            yield return Draft(file, null, $"{file.FileName}: line {Words.Number(file.FirstLine)} is skipped as a header, and every cell of it is a number: a row of data is lost.", "rows", 1, "Say that the file has no header, unless its columns are named by numbers.", "HasHeader = false");
        if (file.ShortRows.Count > 0)
            yield return Short(file);
        if (file.LongRows.Count > 0)
        {
            yield return Draft(
                file, null,
                $"{file.FileName}: {Rows(file, file.LongRows)} more fields than the usual {Words.Number(file.FieldsUsual)} ({Lines(file.LongRows)}): what is too much is dropped, and " +
                "where a separator stands inside a text every cell behind it has moved to another column.",
                "rows", file.LongRows.Count, "Quote texts that hold a separator, and read them with AllowQuoting.", "AllowQuoting = true");
        }

        if (file.BadSparseRows.Count > 0)
        {
            yield return Draft(
                file, null, $"{file.FileName}: {Rows(file, file.BadSparseRows)} index:value items that do not fit ({Lines(file.BadSparseRows)}); the loader drops the rest of the row or moves values to other fields.",
                "rows", file.BadSparseRows.Count, "Write indices in rising order below the declared size, or turn sparse reading off.", "AllowSparse = false");
        }

        if (file.SkippedLines.Count > 0)
        {
            yield return Draft(
                file, Severity.Info, $"{file.FileName}: {Words.Count(file.SkippedLines.Count, "line")} {(file.SkippedLines.Count == 1 ? "is" : "are")} skipped as comments ({Lines(file.SkippedLines)}): // anywhere, # before the first row.",
                "lines", file.SkippedLines.Count, "Where they are data, put another column first or quote them.", null);
        }
    }

    public static string Lines(Occurrence where) => where.Lines.Count switch
    {
        0 => "line not recorded",
        1 => $"line {Words.Number(where.Lines[0])}",
        _ => $"first lines {string.Join(", ", where.Lines.Select(Words.Number))}",
    };

    private static FindingDraft Short(FileCheck file)
    {
        var all = file.ShortRows.Count == file.Rows;
        var fill = file.MissingRealsAsNaNs ? "reals with NaN, the rest with 0, false or nothing" : "0, false or nothing";
        var guess = file.LikelySeparator is { } separator ? $" The lines look separated by {Name(separator)}." : string.Empty;
        var advice = file.LikelySeparator is { } likely
            ? ("Give the separator the file is written with.", $"Separators = [{Literal(likely)}]")
            : all ? ("Check the separator and the columns' indices: the first field is 0.", null)
            : ("Mend those lines, or let missing reals be NaN so that they can be told from zeros.", file.MissingRealsAsNaNs ? null : "MissingRealsAsNaNs = true");
        return Draft(
            file, null,
            $"{file.FileName}: {Rows(file, file.ShortRows)} fewer fields than the {Words.Number(file.FieldsNeeded)} the columns need ({Lines(file.ShortRows)}, " +
            $"{string.Join(", ", file.ShortRows.Examples)} fields): the rest is filled with {fill}.{guess}",
            "rows", file.ShortRows.Count, advice.Item1, advice.Item2);
    }

    private static string Rows(FileCheck file, Occurrence where) => where.Count == file.Rows
        ? $"all {Words.Number(file.Rows)} rows have"
        : $"{Words.Number(where.Count)} of {Words.Count(file.Rows, "row")} {(where.Count == 1 ? "has" : "have")}";

    private static string Name(char separator) => separator switch { '\t' => "tabs", ' ' => "spaces", ',' => "commas", ';' => "semicolons", _ => $"'{separator}'" };

    private static string Literal(char separator) => separator == '\t' ? "'\\t'" : $"'{separator}'";

    private static FindingDraft Draft(FileCheck file, Severity? severity, string message, string unit, long count, string advice, string? code) =>
        new(new Subject(SubjectKind.File, file.FileName), message)
        {
            Severity = severity,
            Evidence = [new Evidence(unit + " concerned", count) { Threshold = 0, Unit = unit }],
            Advice = [new Advice(advice, code)],
        };
}
