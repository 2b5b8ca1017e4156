using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace MLNetDebug.Predictions;

/// <summary>
/// Reads the tensors of a network that Microsoft.ML.TorchSharp saved, without TorchSharp: the zip's entries named <c>TSModel</c>. TorchSharp's own format: the number
/// of tensors, then for each its name, element type, rank, dimensions (all LEB128) and raw little-endian values.
/// </summary>
internal static class TorchModelReader
{
    /// <summary>The last part of an entry's name.</summary>
    public const string EntryName = "TSModel";

    private const int MaxTensors = 1_000_000;
    private const int MaxRank = 64;
    private const int BufferSize = 1 << 16;

    /// <summary>Scans the networks of a saved model.</summary>
    /// <param name="zip">The model as it was saved; stays open.</param>
    /// <returns>The parameters; null where the model holds no such network.</returns>
    /// <exception cref="InvalidDataException">The zip or an entry is damaged, or of another format.</exception>
    public static ParameterProfile? Read(Stream zip)
    {
        var tensors = new List<ParameterTensor>();
        var networks = 0;
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in archive.Entries.Where(e => Path.GetFileName(e.FullName) == EntryName))
        {
            using var stream = entry.Open();
            tensors.AddRange(ReadTensors(stream));
            networks++;
        }

        return networks == 0 ? null : new ParameterProfile($"saved model's {EntryName}", tensors);
    }

    /// <summary>Scans one network's tensors.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged, or of another format.</exception>
    public static IReadOnlyList<ParameterTensor> ReadTensors(Stream stream)
    {
        var count = Leb128(stream);
        if (count > MaxTensors)
            throw new InvalidDataException($"{EntryName} says that it holds {count} tensors; at most {MaxTensors} are believed.");
        var tensors = new List<ParameterTensor>();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (ulong i = 0; i < count; i++)
                tensors.Add(ReadTensor(stream, buffer));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return tensors;
    }

    private static ParameterTensor ReadTensor(Stream stream, byte[] buffer)
    {
        var length = Leb128(stream);
        if (length > BufferSize)
            throw new InvalidDataException($"A tensor's name of {length} bytes is no name.");
        Fill(stream, buffer.AsSpan(0, (int)length), "a tensor's name");
        var name = Encoding.UTF8.GetString(buffer, 0, (int)length);
        var code = Leb128(stream);
        // Cut to 32 bits, a damaged code may be one of those known.
        var type = code > byte.MaxValue ? (ElementType)(-1) : (ElementType)code;
        var size = ElementTypes.SizeOf(type);
        if (size == 0)
            throw new InvalidDataException($"Tensor '{name}' has the element type {code}, which is not known.");
        var rank = Leb128(stream);
        if (rank > MaxRank)
            throw new InvalidDataException($"Tensor '{name}' has {rank} dimensions; at most {MaxRank} are believed.");
        long elements = 1;
        for (ulong d = 0; d < rank; d++)
        {
            var dimension = Leb128(stream);
            if (dimension > long.MaxValue / 16 || (elements != 0 && (long)dimension > long.MaxValue / 16 / elements))
                throw new InvalidDataException($"Tensor '{name}' has more elements than any memory holds.");
            elements *= (long)dimension;
        }

        return Scan(stream, buffer, name, type, size, elements);
    }

    private static ParameterTensor Scan(Stream stream, byte[] buffer, string name, ElementType type, int size, long elements)
    {
        long nonFinite = 0;
        var max = 0.0;
        var part = ElementTypes.RealPart(type);
        for (var left = elements * size; left > 0;)
        {
            // Whole elements at a time: a value cut in two would read as another one.
            var piece = (int)Math.Min(left, BufferSize / 16 * 16);
            Fill(stream, buffer.AsSpan(0, piece), $"tensor '{name}'");
            var (bad, largest) = ParameterScan.Scan(buffer.AsSpan(0, piece), part);
            nonFinite += bad;
            max = Math.Max(max, largest);
            left -= piece;
        }

        // A complex number is two values, each of which may be NaN by itself.
        return new ParameterTensor(name, elements * (size / ElementTypes.SizeOf(part)), nonFinite, max);
    }

    private static void Fill(Stream stream, Span<byte> buffer, string what)
    {
        try
        {
            stream.ReadExactly(buffer);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException($"{EntryName} ends in the middle of {what}.");
        }
    }

    private static ulong Leb128(Stream stream)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = stream.ReadByte();
            if (b < 0)
                throw new InvalidDataException($"{EntryName} ends in the middle of a number.");
            if (shift == 63 && (b & 0x7E) != 0)
                break;
            value |= (ulong)(b & 0x7F) << shift;
            if ((b & 0x80) == 0)
                return value;
        }

        throw new InvalidDataException($"{EntryName} holds a number of more than 64 bits.");
    }
}
