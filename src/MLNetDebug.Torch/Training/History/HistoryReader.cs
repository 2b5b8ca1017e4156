using System.Text.Json;

namespace MLNetDebug.Torch.Training;

/// <summary>Gathers the lines of a history as runs.</summary>
internal sealed class HistoryReader
{
    private readonly List<RecordedRun> _runs = [];
    private readonly List<StepRecord> _steps = [];
    private readonly List<EpochRecord> _epochs = [];
    private readonly List<TrainingEvent> _events = [];
    private DateTimeOffset? _started;
    private bool _isInRun;
    private bool _isTorn;
    private long _unknown;

    /// <summary>Takes a line.</summary>
    /// <exception cref="InvalidDataException">The line is wrong; the message is no sentence but its middle.</exception>
    public void Add(ReadOnlyMemory<byte> line, bool isWhole)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
            return;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException) when (!isWhole)
        {
            _isTorn = true;
            return;
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"it is no JSON, from byte {wrong.BytePositionInLine} on", wrong);
        }

        using (document)
        {
            try
            {
                Add(document.RootElement);
            }
            catch (InvalidOperationException wrong)
            {
                // Half a pair of surrogates, or bytes that are no UTF-8: JSON's grammar takes them, a text does not.
                throw new InvalidDataException("a text in it is no Unicode", wrong);
            }
        }
    }

    public TrainingHistoryFile ToFile()
    {
        EndRun();
        return new TrainingHistoryFile { Runs = [.. _runs], IsTorn = _isTorn, UnknownLines = _unknown };
    }

    private void Add(JsonElement line)
    {
        var kind = line.Text("kind");
        if (kind == "run")
        {
            BeginRun(line);
            return;
        }

        if (!_isInRun)
            throw new InvalidDataException($"the first line is not that of a run with the schema {HistoryLines.Schema}");
        switch (kind)
        {
            case "step":
                _steps.Add(HistoryRecords.Step(line));
                break;
            case "epoch":
                _epochs.Add(HistoryRecords.Epoch(line));
                break;
            case "event" when HistoryRecords.Event(line) is { } happened:
                _events.Add(happened);
                break;
            default:
                _unknown++;
                break;
        }
    }

    private void BeginRun(JsonElement line)
    {
        if (line.Text("schema") is var schema && schema != HistoryLines.Schema)
            throw new InvalidDataException($"its schema is '{Reports.SafeText.Line(schema, 100)}', and this version reads {HistoryLines.Schema}");
        EndRun();
        _isInRun = true;
        _started = line.Time("started");
    }

    private void EndRun()
    {
        if (!_isInRun)
            return;
        _runs.Add(new RecordedRun { Started = _started, Steps = [.. _steps], Epochs = [.. _epochs], Events = [.. _events] });
        _steps.Clear();
        _epochs.Clear();
        _events.Clear();
    }
}
