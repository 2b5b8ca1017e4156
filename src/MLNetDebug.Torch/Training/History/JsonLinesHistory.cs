using System.Buffers;
using System.Text.Json;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// Writes a run as one JSON object per line, in UTF-8: <c>{"kind":"run","schema":"mlnetdebug/history/0",...}</c> first, then <c>"step"</c>, <c>"epoch"</c> and <c>"event"</c>. Numbers that are not finite are
/// the texts <c>"NaN"</c>, <c>"Infinity"</c> and <c>"-Infinity"</c>. <see cref="TrainingHistoryFile.Read"/> reads it back.
/// <para>
/// Lines are handed to the operating system whole: a process that is killed leaves a file in which at most the last line is unreadable, and loses at most the lines that were not handed over. A file that is
/// there already is gone on with: a torn last line is cut off and a new run begins. Not thread-safe: a guard calls it on the training thread.
/// </para>
/// </summary>
public sealed class JsonLinesHistory : ITrainingHistory
{
    private readonly GrowingFile _file;
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private readonly Utf8JsonWriter _json;

    /// <summary>Opens or creates a file and begins a run in it.</summary>
    /// <param name="path">The file, such as <c>run.jsonl</c>; its folder is made where there is none.</param>
    /// <param name="flushEvery">Lines are handed to the operating system after so many of them, in [1, 1000000]; besides after each epoch, after each event and wherever 64 KB have gathered. Default 20.</param>
    /// <param name="histogramEvery">Every how many steps parameters are written with a histogram, in [0, 1000000]; 0 for never. Default 0.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="IOException">The file could not be opened or written, or another history writes to it.</exception>
    /// <exception cref="InvalidDataException">The file is there and is something else; it is left as it is.</exception>
    public JsonLinesHistory(string path, int flushEvery = 20, int histogramEvery = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        HistogramEvery = HistoryRanges.Checked(histogramEvery, 0);
        _json = new Utf8JsonWriter(_line, HistoryLines.Options);
        _file = GrowingFile.Open(path, FileMode.OpenOrCreate, HistoryRanges.Checked(flushEvery, 1), TornLine.Cut);
        try
        {
            HistoryLines.WriteRun(BeginLine(), DateTimeOffset.UtcNow);
            EndLine();
            _file.Flush();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>The file, in full.</summary>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public int HistogramEvery { get; }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Add(StepRecord step)
    {
        ArgumentNullException.ThrowIfNull(step);
        HistoryLines.Write(BeginLine(), step);
        EndLine();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Add(EpochRecord epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        HistoryLines.Write(BeginLine(), epoch);
        EndLine();
        Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Add(TrainingEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        HistoryLines.Write(BeginLine(), happened);
        EndLine();
        Flush();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file could not be written, now or before.</exception>
    public void Flush() => _file.Flush();

    /// <summary>Writes what is buffered and closes the file.</summary>
    /// <exception cref="IOException">What was buffered could not be written; the file is closed.</exception>
    public void Dispose() => _file.Dispose();

    // What a record that could not be written left behind is forgotten here.
    private Utf8JsonWriter BeginLine()
    {
        _line.ResetWrittenCount();
        _json.Reset();
        return _json;
    }

    private void EndLine()
    {
        _json.Flush();
        _line.GetSpan(1)[0] = (byte)'\n';
        _line.Advance(1);
        _file.Add(_line.WrittenSpan);
    }
}
