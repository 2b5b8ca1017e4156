using System.Buffers.Binary;
using System.Text;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote. Every length is held against what is left before anything is made of that length.</summary>
internal sealed class PayloadReader(WeightPieces pieces)
{
    private const int LongestText = 1 << 16;
    private const int MostDimensions = 64;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _piece;
    private int _at = WeightPieces.HeaderLength;

    /// <summary>Bytes not yet read.</summary>
    public long Left { get; private set; } = pieces.Length;

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public UInt128 ReadUInt128()
    {
        Span<byte> bytes = stackalloc byte[16];
        Read(bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    public string ReadText()
    {
        var length = ReadInt32();
        if (length < 0 || length > Left || length > LongestText)
            throw WeightReader.Damaged($"a text in it says it is {length} bytes long");
        var bytes = new byte[length];
        Read(bytes);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw WeightReader.Damaged("a text in it is no UTF-8", e);
        }
    }

    /// <summary>Reads dimensions whose product fits into an int.</summary>
    public long[] ReadShape(long smallest)
    {
        var count = ReadInt32();
        if (count < 0 || count > MostDimensions)
            throw WeightReader.Damaged($"a shape in it says it has {count} dimensions");
        var shape = new long[count];
        var product = (UInt128)1;
        for (var i = 0; i < count; i++)
        {
            shape[i] = ReadInt64();
            if (shape[i] < smallest || shape[i] > int.MaxValue)
                throw WeightReader.Damaged($"a dimension in it says it is {shape[i]}");
            product *= (UInt128)shape[i];
            if (product > int.MaxValue)
                throw WeightReader.Damaged($"a shape in it has more than {int.MaxValue} elements");
        }

        return shape;
    }

    public void Read(Span<byte> to)
    {
        if (to.Length > Left)
            throw WeightReader.Damaged("it ends too early");
        Left -= to.Length;
        while (to.Length > 0)
        {
            var piece = pieces.Pieces[_piece];
            var fits = Math.Min(to.Length, piece.Length - _at);
            piece.AsSpan(_at, fits).CopyTo(to);
            to = to[fits..];
            _at += fits;
            if (_at == piece.Length)
                (_piece, _at) = (_piece + 1, WeightPieces.HeaderLength);
        }
    }
}
