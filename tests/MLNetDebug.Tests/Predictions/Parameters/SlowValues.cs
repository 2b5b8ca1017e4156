using System.Buffers.Binary;

namespace MLNetDebug.Tests.Predictions.Parameters;

/// <summary>The values of saved elements, decoded one by one from the definition of each type: what the fast scans are held against.</summary>
internal static class SlowValues
{
    /// <summary>Codes of libtorch's element types that are read, with their size in bytes.</summary>
    public static readonly IReadOnlyDictionary<ulong, int> Sizes = new Dictionary<ulong, int>
    {
        [0] = 1,
        [1] = 1,
        [2] = 2,
        [3] = 4,
        [4] = 8,
        [5] = 2,
        [6] = 4,
        [7] = 8,
        [9] = 8,
        [10] = 16,
        [11] = 1,
        [15] = 2,
    };

    /// <summary>Every real number of a tensor; a complex one is two.</summary>
    public static double[] Of(ulong type, byte[] raw)
    {
        var parts = type switch { 9 => 6ul, 10 => 7ul, _ => type };
        var size = Sizes[parts];
        return [.. Enumerable.Range(0, raw.Length / size).Select(i => One(parts, raw.AsSpan(i * size, size)))];
    }

    public static long NonFinite(double[] values) => values.LongCount(v => double.IsNaN(v) || double.IsInfinity(v));

    public static double MaxAbsolute(double[] values) => values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>A binary floating-point number by its parts, as IEEE 754 defines it.</summary>
    public static double Float(uint bits, int exponentBits, int fractionBits)
    {
        var sign = (bits >> (exponentBits + fractionBits)) == 0 ? 1 : -1;
        var exponent = (int)(bits >> fractionBits) & ((1 << exponentBits) - 1);
        var fraction = (bits & ((1u << fractionBits) - 1)) / (double)(1u << fractionBits);
        var bias = (1 << (exponentBits - 1)) - 1;
        return exponent == (1 << exponentBits) - 1 ? fraction == 0 ? sign * double.PositiveInfinity : double.NaN
            : exponent == 0 ? sign * Math.ScaleB(fraction, 1 - bias)
            : sign * Math.ScaleB(1 + fraction, exponent - bias);
    }

    private static double One(ulong type, ReadOnlySpan<byte> raw) => type switch
    {
        0 or 11 => raw[0],
        1 => (sbyte)raw[0],
        2 => BinaryPrimitives.ReadInt16LittleEndian(raw),
        3 => BinaryPrimitives.ReadInt32LittleEndian(raw),
        4 => BinaryPrimitives.ReadInt64LittleEndian(raw),
        5 => Float(BinaryPrimitives.ReadUInt16LittleEndian(raw), 5, 10),
        6 => BinaryPrimitives.ReadSingleLittleEndian(raw),
        7 => BinaryPrimitives.ReadDoubleLittleEndian(raw),
        15 => Float(BinaryPrimitives.ReadUInt16LittleEndian(raw), 8, 7),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
