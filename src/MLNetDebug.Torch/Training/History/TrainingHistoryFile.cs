namespace MLNetDebug.Torch.Training;

/// <summary>What a <see cref="JsonLinesHistory"/> has written.</summary>
public sealed record TrainingHistoryFile
{
    /// <summary>The runs, oldest first.</summary>
    public IReadOnlyList<RecordedRun> Runs { get; init; } = [];

    /// <summary>True where the last line is torn: the process that wrote it was ended, or writes it just now. That line is left out.</summary>
    public bool IsTorn { get; init; }

    /// <summary>Lines that were left out because their kind is not known here: a newer version may have written them.</summary>
    public long UnknownLines { get; init; }

    /// <summary>
    /// Reads a file, also while it is written. Unknown members, unknown kinds of lines, empty lines and a torn last line are taken; a line that is otherwise wrong is an error. All records are held in
    /// memory.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">A line is wrong: the message names it, counted from 1, and says what was expected. Whatever the file holds, nothing else is thrown.</exception>
    public static TrainingHistoryFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var lines = new LineReader(stream);
        var history = new HistoryReader();
        try
        {
            while (lines.TryRead(out var line, out var isWhole))
                history.Add(line, isWhole);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"Line {lines.Number} of '{path}' cannot be read: {wrong.Message}. Expected lines as JsonLinesHistory writes them, one JSON object each.", wrong);
        }

        return history.ToFile();
    }
}
