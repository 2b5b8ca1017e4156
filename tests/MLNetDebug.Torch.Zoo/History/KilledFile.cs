using System.Text.Json;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Zoo.History;

/// <summary>What a kill has left in one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Pieces">Readable lines or records.</param>
/// <param name="IsTorn">True where the last one is torn.</param>
/// <param name="Wrong">Why the file is not as it must be; null where it is.</param>
internal sealed record KilledFile(string Path, long Pieces, bool IsTorn, string? Wrong)
{
    /// <summary>Reads a file of JSON lines and one of TensorBoard's alike, by its name.</summary>
    public static KilledFile Read(string path) => path.EndsWith(HistoryWriter.JsonLines, StringComparison.Ordinal) ? Lines(path) : Records(path);

    private static KilledFile Lines(string path)
    {
        var file = File.ReadAllBytes(path);
        long lines = 0;
        var at = 0;
        for (; file.AsSpan(at).IndexOf((byte)'\n') is var length and >= 0; at += length + 1, lines++)
        {
            try
            {
                using var line = JsonDocument.Parse(file.AsMemory(at, length));
            }
            catch (JsonException wrong)
            {
                return new KilledFile(path, lines, false, $"line {lines + 1}: {wrong.Message}");
            }
        }

        return new KilledFile(path, lines, at < file.Length, Unread(path, lines));
    }

    // Besides: the reader gives what stands in all of these lines, and each run holds its steps from the first on, none missing among them.
    private static string? Unread(string path, long lines)
    {
        try
        {
            var history = TrainingHistoryFile.Read(path);
            if (history.Runs.Sum(r => 1L + r.Steps.Count + r.Epochs.Count + r.Events.Count) != lines)
                return $"{lines} lines are not as many records";
            var broken = history.Runs.Select((run, i) => (run, i)).FirstOrDefault(r => r.run.Steps.Select((s, n) => s.Step != n).Any(isOut => isOut));
            return broken.run is null ? null : $"run {broken.i} lacks steps between its first and its last";
        }
        catch (InvalidDataException wrong)
        {
            return wrong.Message;
        }
    }

    private static KilledFile Records(string path)
    {
        var file = RecordFile.Read(File.ReadAllBytes(path));
        if (file.Wrong is { } at)
            return new KilledFile(path, file.Records.Count, false, $"record {file.Records.Count + 1}, at byte {at}");
        try
        {
            foreach (var record in file.Records)
                Tensorboard.Event.Parser.ParseFrom(record.ToArray());
            return new KilledFile(path, file.Records.Count, file.Torn > 0, null);
        }
        catch (Google.Protobuf.InvalidProtocolBufferException wrong)
        {
            return new KilledFile(path, file.Records.Count, false, wrong.Message);
        }
    }
}
