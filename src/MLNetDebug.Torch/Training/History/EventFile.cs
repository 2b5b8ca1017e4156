using System.Buffers.Binary;
using Google.Protobuf;
using Tensorboard;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// A file of TensorBoard events: TFRecords, each of a length, the length's checksum, an event in protocol buffers and its checksum. The messages are those TorchSharp carries; its own writer opens the file
/// anew for each number and cannot be flushed.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int Head = sizeof(ulong) + sizeof(uint);

    private static int _made;

    private readonly GrowingFile _file;
    private readonly MemoryStream _record = new();
    private readonly CodedOutputStream _message;

    /// <summary>Begins a new file in a folder.</summary>
    public EventFile(string folder, int flushEvery)
    {
        _message = new CodedOutputStream(_record, leaveOpen: true);
        _file = Open(folder, flushEvery);
        try
        {
            Add(new Event { FileVersion = "brain.Event:2" });
            Flush();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path => _file.Path;

    /// <summary>Adds numbers, texts and histograms of one step.</summary>
    public void Add(long step, Summary summary)
    {
        if (summary.Value.Count > 0)
            Add(new Event { Step = step, Summary = summary });
    }

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private void Add(Event happened)
    {
        happened.WallTime = (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
        _record.SetLength(0);
        _record.SetLength(Head);
        _record.Position = Head;
        happened.WriteTo(_message);
        _message.Flush();
        var length = (int)_record.Length - Head;
        _record.SetLength(_record.Length + sizeof(uint));
        var record = _record.GetBuffer().AsSpan(0, (int)_record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[sizeof(ulong)..], Crc32C.Masked(record[..sizeof(ulong)]));
        BinaryPrimitives.WriteUInt32LittleEndian(record[(Head + length)..], Crc32C.Masked(record.Slice(Head, length)));
        _file.Add(record);
    }

    // As TensorFlow names them: in the order of their names they are read.
    private static GrowingFile Open(string folder, int flushEvery)
    {
        var host = string.Concat(Environment.MachineName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        for (; ; )
        {
            var path = System.IO.Path.Combine(folder, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():0000000000}.{host}.{Environment.ProcessId}.{Interlocked.Increment(ref _made) - 1}");
            if (!File.Exists(path))
                return GrowingFile.Open(path, FileMode.CreateNew, flushEvery);
        }
    }
}
