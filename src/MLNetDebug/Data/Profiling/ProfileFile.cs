using System.IO.Hashing;

namespace MLNetDebug.Data;

/// <summary>
/// Profiles in a stream: a mark, a version, the payload's length, the payload and its 64-bit hash, so that a damaged or cut file is
/// known before anything in it is believed. The payload is numbers and texts, nothing in it names a type.
/// </summary>
internal static class ProfileFile
{
    private const int Version = 1;
    private const long MaxLength = 1L << 30;

    private static ReadOnlySpan<byte> Mark => "MLNDPROF"u8;

    public static void Save(ProfileState state, Stream stream)
    {
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, System.Text.Encoding.UTF8, leaveOpen: true))
            StateFormat.Write(state, writer);
        var bytes = payload.GetBuffer().AsSpan(0, (int)payload.Length);
        using var header = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        header.Write(Mark);
        header.Write(Version);
        header.Write((long)bytes.Length);
        header.Write(bytes);
        header.Write(XxHash3.HashToUInt64(bytes));
    }

    /// <exception cref="InvalidDataException">The stream is not a saved profile, or is damaged.</exception>
    public static DataProfile Load(Stream stream)
    {
        try
        {
            var payload = ReadPayload(stream);
            using var reader = new BinaryReader(new MemoryStream(payload, writable: false), System.Text.Encoding.UTF8);
            var state = StateFormat.Read(reader);
            if (reader.BaseStream.Position != payload.Length)
                throw new InvalidDataException("The saved profile holds more than a profile.");
            return ProfileAssembler.Assemble(state);
        }
        catch (Exception e) when (e is EndOfStreamException || e is not (IOException or InvalidDataException or OutOfMemoryException))
        {
            // The stream itself may fail, everything else is the content's fault: numbers with a fitting checksum that no profile has.
            throw new InvalidDataException("The saved profile is damaged: it does not hold what its format says. Save the profile anew.", e);
        }
    }

    private static byte[] ReadPayload(Stream stream)
    {
        using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        var mark = reader.ReadBytes(Mark.Length);
        if (!mark.AsSpan().SequenceEqual(Mark))
            throw new InvalidDataException("The stream does not hold a saved profile: it does not begin with MLNDPROF.");
        var version = reader.ReadInt32();
        if (version != Version)
            throw new InvalidDataException($"The saved profile has format version {version}; this library reads version {Version}. Save the profile anew.");
        var length = reader.ReadInt64();
        if (length is < 0 or > MaxLength || (stream.CanSeek && stream.Length - stream.Position < length + sizeof(ulong)))
            throw new InvalidDataException("The saved profile is cut off or damaged: it says a length it does not have. Save the profile anew.");
        // Read in pieces: a stream that cannot seek may say a length it does not have.
        using var payload = new MemoryStream();
        while (payload.Length < length)
        {
            var piece = reader.ReadBytes((int)Math.Min(1 << 20, length - payload.Length));
            if (piece.Length == 0)
                throw new InvalidDataException("The saved profile is cut off: it ends before its payload does. Save the profile anew.");
            payload.Write(piece);
        }

        var bytes = payload.ToArray();
        if (reader.ReadUInt64() != XxHash3.HashToUInt64(bytes))
            throw new InvalidDataException("The saved profile is damaged: its checksum does not fit. Save the profile anew.");
        return bytes;
    }
}
