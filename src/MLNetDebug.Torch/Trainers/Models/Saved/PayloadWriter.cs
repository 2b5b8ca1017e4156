using System.Buffers.Binary;
using System.Text;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Writes numbers, texts and bytes into pieces of bounded length, in little-endian order.</summary>
internal sealed class PayloadWriter(int limit)
{
    private readonly List<MemoryStream> _pieces = [];

    /// <summary>The pieces, with room for what stands before them.</summary>
    public byte[][] ToPieces() => [.. _pieces.Select(p => p.ToArray())];

    public void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(double value) => Write(BitConverter.DoubleToInt64Bits(value));

    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        Write(bytes);
    }

    public void Write(IReadOnlyList<long> shape)
    {
        Write(shape.Count);
        foreach (var size in shape)
            Write(size);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_pieces.Count == 0 || _pieces[^1].Length == WeightPieces.HeaderLength + (long)limit)
            {
                _pieces.Add(new MemoryStream());
                _pieces[^1].SetLength(WeightPieces.HeaderLength);
                _pieces[^1].Position = WeightPieces.HeaderLength;
            }

            var fits = (int)Math.Min(bytes.Length, WeightPieces.HeaderLength + (long)limit - _pieces[^1].Length);
            _pieces[^1].Write(bytes[..fits]);
            bytes = bytes[fits..];
        }
    }
}
