using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Some consecutive rows in canonical form (one NaN, no -0), row by row in each lane.</summary>
internal sealed class RowBlock
{
    private const int MaxRows = 256;

    /// <summary>Bytes of floats a block aims at, so that it stays in the second-level cache; wide rows get fewer rows per block.</summary>
    private const int TargetCells = 64 * 1024;

    private readonly RowLayout _layout;

    public RowBlock(RowLayout layout)
    {
        _layout = layout;
        var width = Math.Max(1, layout.SingleStride + (2 * layout.DoubleStride) + (2 * layout.Codes));
        Capacity = Math.Clamp(TargetCells / width, 8, MaxRows);
        Singles = new float[Capacity * layout.SingleStride];
        Doubles = new double[Capacity * layout.DoubleStride];
        Codes = new ulong[Capacity * layout.Codes];
        Labels = new double[Capacity];
        LabelHashes = new uint[Capacity];
        SourceIds = new UInt128[Capacity];
    }

    public int Capacity { get; }

    /// <summary>Rows filled.</summary>
    public int Count { get; set; }

    public float[] Singles { get; }

    public double[] Doubles { get; }

    public ulong[] Codes { get; }

    public double[] Labels { get; }

    /// <summary>Hashes of the labels; 0 where missing.</summary>
    public uint[] LabelHashes { get; }

    public UInt128[] SourceIds { get; }

    public Span<float> SinglesOf(int row, int offset, int width) => Singles.AsSpan((row * _layout.SingleStride) + offset, width);

    public Span<double> DoublesOf(int row, int offset, int width) => Doubles.AsSpan((row * _layout.DoubleStride) + offset, width);

    public Span<ulong> CodesOf(int row, int offset, int width) => Codes.AsSpan((row * _layout.Codes) + offset, width);

    /// <summary>The fingerprint of a row's features.</summary>
    public ulong Fingerprint(int row)
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(SinglesOf(row, 0, _layout.HashedSingles)));
        if (_layout.HashedDoubles > 0)
            hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(DoublesOf(row, 0, _layout.HashedDoubles)), (long)hash);
        if (_layout.HashedCodes > 0)
            hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(CodesOf(row, 0, _layout.HashedCodes)), (long)hash);
        return hash;
    }
}
