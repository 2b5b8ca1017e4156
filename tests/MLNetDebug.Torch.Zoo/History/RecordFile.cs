using System.Buffers.Binary;

namespace MLNetDebug.Torch.Zoo.History;

/// <summary>The records of a TFRecord file, read by the format's description and by none of the code that wrote it.</summary>
/// <param name="Records">The readable records, in order.</param>
/// <param name="Torn">Bytes at the end that are no whole record; or that are the last record and do not match its checksum.</param>
/// <param name="Wrong">Where a record is unreadable that is not the last; null where none is.</param>
internal sealed record RecordFile(IReadOnlyList<ReadOnlyMemory<byte>> Records, int Torn, int? Wrong)
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 0 ? c >> 1 : (c >> 1) ^ 0x82F63B78))];

    public static RecordFile Read(ReadOnlyMemory<byte> file)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        var at = 0;
        while (at < file.Length)
        {
            var rest = file.Span[at..];
            if (rest.Length < 12)
                return new RecordFile(records, rest.Length, null);
            // A length that is wrong may be any: where the next record begins is not known.
            if (!Matches(rest[..8], rest[8..]))
                return new RecordFile(records, 0, at);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(rest);
            if (length + 16 > (ulong)rest.Length)
                return new RecordFile(records, rest.Length, null);
            var size = (int)length;
            if (!Matches(rest.Slice(12, size), rest[(12 + size)..]))
                return size + 16 == rest.Length ? new RecordFile(records, rest.Length, null) : new RecordFile(records, 0, at);
            records.Add(file.Slice(at + 12, size));
            at += 16 + size;
        }

        return new RecordFile(records, 0, null);
    }

    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc ^ 0xFFFFFFFFu;
    }

    private static bool Matches(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> masked)
    {
        var crc = Crc32C(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(masked) == ((crc >> 15) | (crc << 17)) + 0xa282ead8u;
    }
}
