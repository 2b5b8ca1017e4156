using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>
/// Bytes in pieces of bounded length. Each piece begins with a mark, the version of the format, its number, how many there are, and the length and the checksum (XxHash128) of all of them together: pieces that are
/// missing, doubled, swapped, cut or changed are recognised.
/// </summary>
internal sealed class WeightPieces
{
    /// <summary>Version that is written, and the newest that is read.</summary>
    public const int Version = 1;

    /// <summary>Bytes of a piece that are not payload.</summary>
    public const int HeaderLength = 8 + 4 + 4 + 4 + 8 + 16;

    /// <summary>Most bytes of payload in a piece. ML.NET holds a text several times over while it saves or loads it, and one after the other.</summary>
    public const int DefaultLimit = 16 << 20;

    private WeightPieces(byte[][] pieces, long length) => (Pieces, Length) = (pieces, length);

    /// <summary>The pieces, with what stands before them.</summary>
    public byte[][] Pieces { get; }

    /// <summary>Bytes of payload in all.</summary>
    public long Length { get; }

    private static ReadOnlySpan<byte> Mark => "MLNDTRCH"u8;

    /// <summary>Finishes pieces that were written with room for what stands before them.</summary>
    public static (WeightPieces Pieces, string Seal) Finish(byte[][] pieces)
    {
        var hash = new XxHash128();
        var length = 0L;
        foreach (var piece in pieces)
        {
            hash.Append(piece.AsSpan(HeaderLength));
            length += piece.Length - HeaderLength;
        }

        var sum = hash.GetCurrentHashAsUInt128();
        for (var i = 0; i < pieces.Length; i++)
        {
            var header = pieces[i].AsSpan(0, HeaderLength);
            Mark.CopyTo(header);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
            BinaryPrimitives.WriteInt32LittleEndian(header[12..], i);
            BinaryPrimitives.WriteInt32LittleEndian(header[16..], pieces.Length);
            BinaryPrimitives.WriteInt64LittleEndian(header[20..], length);
            BinaryPrimitives.WriteUInt128LittleEndian(header[28..], sum);
        }

        return (new(pieces, length), SealOf(sum));
    }

    /// <summary>Checks pieces that were read.</summary>
    /// <exception cref="TorchModelException">They are damaged, of a newer version, or not those of the seal.</exception>
    public static WeightPieces Check(byte[][] pieces, ReadOnlySpan<char> seal)
    {
        var hash = new XxHash128();
        var length = 0L;
        for (var i = 0; i < pieces.Length; i++)
        {
            var piece = pieces[i].AsSpan();
            if (piece.Length < HeaderLength || !piece[..8].SequenceEqual(Mark))
                throw WeightReader.Damaged($"piece {i + 1} of its weights does not begin as one does");
            var version = BinaryPrimitives.ReadInt32LittleEndian(piece[8..]);
            if (version > Version)
                throw new TorchModelException($"The saved network was written in version {version} of the format of weights, and this MLNetDebug.Torch reads version {Version} and older: update it, or save the model with the older one.");
            if (version < 1)
                throw WeightReader.Damaged($"piece {i + 1} of its weights says it is of version {version}");
            var (index, count) = (BinaryPrimitives.ReadInt32LittleEndian(piece[12..]), BinaryPrimitives.ReadInt32LittleEndian(piece[16..]));
            if (index != i || count != pieces.Length)
                throw WeightReader.Damaged($"piece {i + 1} of {pieces.Length} of its weights says it is piece {index + 1L} of {count}");
            hash.Append(piece[HeaderLength..]);
            length += piece.Length - HeaderLength;
        }

        var sum = hash.GetCurrentHashAsUInt128();
        for (var i = 0; i < pieces.Length; i++)
        {
            if (BinaryPrimitives.ReadInt64LittleEndian(pieces[i].AsSpan(20)) != length || BinaryPrimitives.ReadUInt128LittleEndian(pieces[i].AsSpan(28)) != sum)
                throw WeightReader.Damaged("the checksum of its weights is another than the one written");
        }

        return seal.SequenceEqual(SealOf(sum)) ? new(pieces, length) : throw WeightReader.Damaged("its weights are not those it was sealed with, but whole ones of another model");
    }

    private static string SealOf(UInt128 sum) => sum.ToString("x32", CultureInfo.InvariantCulture);
}
