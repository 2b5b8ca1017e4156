using System.Text;

namespace MLNetDebug.Torch.Training;

/// <summary>Makes a history fit to be gone on with: a process that was killed may have left half a line, which must not stand in the middle of what is added.</summary>
internal static class TornLine
{
    // What every history begins with, byte for byte: nothing else is ever cut.
    private static readonly byte[] Beginning = Encoding.UTF8.GetBytes($$"""{"kind":"run","schema":"{{HistoryLines.Schema}}",""");

    /// <summary>Cuts off what stands behind the last end of a line.</summary>
    /// <exception cref="InvalidDataException">The file is no history, or one of another version; it is left alone.</exception>
    public static void Cut(FileStream stream)
    {
        if (stream.Length == 0)
            return;
        Span<byte> head = stackalloc byte[Beginning.Length];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (!Beginning.AsSpan().StartsWith(head))
        {
            throw new InvalidDataException($"'{stream.Name}' is no history that can be gone on with: expected a file that begins with {Encoding.UTF8.GetString(Beginning).TrimEnd(',')}. "
                + "It was left as it is; give another path.");
        }

        if (EndOfLastLine(stream) is var end && end < stream.Length)
            stream.SetLength(end);
    }

    private static long EndOfLastLine(FileStream stream)
    {
        var block = new byte[4096];
        for (var end = stream.Length; end > 0;)
        {
            var start = Math.Max(0, end - block.Length);
            var part = block.AsSpan(0, (int)(end - start));
            stream.Seek(start, SeekOrigin.Begin);
            stream.ReadExactly(part);
            if (part.LastIndexOf((byte)'\n') is var at and >= 0)
                return start + at + 1;
            end = start;
        }

        return 0;
    }
}
