using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Reads a text file once, as ML.NET's text loader would with the same options, and notes what it does without a word.</summary>
internal static class FileChecker
{
    /// <summary>Checks one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The options it will be loaded with; no columns means ML.NET's default, a label first and features behind it.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <param name="progress">Told of rows read, or null.</param>
    /// <returns>What the loader would do to the file's cells.</returns>
    /// <exception cref="ArgumentNullException">The path or the options are null.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">ML.NET's text loader refuses the options for this file.</exception>
    public static FileCheck Check(
        string path, TextLoader.Options options, CancellationToken cancellation = default, IProgress<DiagnosticsProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{path}' to check.", path);
        if (options.Separators is not { Length: > 0 })
            throw new ArgumentException("The text loader's options name no separator; set Separators, or SeparatorChar for one.", nameof(options));
        cancellation.ThrowIfCancellationRequested();
        var full = WithColumns(options);
        var columns = new FileColumns(full, Schema(path, full));
        using var reader = new StreamReader(path);
        return new FilePass(Path.GetFileName(path), full, columns).Run(reader, cancellation, progress);
    }

    private static DataViewSchema Schema(string path, TextLoader.Options options)
    {
        try
        {
            return new MLContext(0).Data.CreateTextLoader(options, new OneFile(path)).GetOutputSchema();
        }
        catch (Exception e) when (e is not (IOException or OutOfMemoryException))
        {
            throw new ArgumentException($"ML.NET's text loader refuses these options for '{Path.GetFileName(path)}': {e.Message}{(e.InnerException is { } inner ? ": " + inner.Message : string.Empty)}", nameof(options), e);
        }
    }

    private static TextLoader.Options WithColumns(TextLoader.Options options)
    {
        if (options.Columns is { Length: > 0 })
            return options;
        return new TextLoader.Options
        {
            AllowQuoting = options.AllowQuoting,
            AllowSparse = options.AllowSparse,
            InputSize = options.InputSize,
            Separators = options.Separators,
            DecimalMarker = options.DecimalMarker,
            TrimWhitespace = options.TrimWhitespace,
            HasHeader = options.HasHeader,
            ReadMultilines = options.ReadMultilines,
            HeaderFile = options.HeaderFile,
            MaxRows = options.MaxRows,
            EscapeChar = options.EscapeChar,
            MissingRealsAsNaNs = options.MissingRealsAsNaNs,
            Columns =
            [
                new TextLoader.Column("Label", DataKind.Single, 0),
                new TextLoader.Column("Features", DataKind.Single, [new TextLoader.Range(1, null)]),
            ],
        };
    }

    /// <summary>A source of one file; ML.NET's own would read a plus or an asterisk in its name as a pattern.</summary>
    private sealed class OneFile(string path) : IMultiStreamSource
    {
        public int Count => 1;

        public string GetPathOrNull(int index) => path;

        public Stream Open(int index) => File.OpenRead(path);

        public System.IO.TextReader OpenTextReader(int index) => new StreamReader(path);
    }
}
