using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNetDebug.Predictions;

/// <summary>Counts what is not finite among values of any element type.</summary>
internal static class ParameterScan
{
    public static ParameterTensor Of(string name, ReadOnlySpan<float> values)
    {
        var (nonFinite, max) = Scan(values);
        return new ParameterTensor(name, values.Length, nonFinite, max);
    }

    /// <summary>Scans values.</summary>
    /// <returns>How many are not finite, and the greatest absolute finite value.</returns>
    public static (long NonFinite, double MaxAbsolute) Scan(ReadOnlySpan<float> values)
    {
        long nonFinite = 0;
        var max = 0f;
        foreach (var value in values)
        {
            var size = Math.Abs(value);
            // NaN compares false with everything: both NaN and infinity fail this one comparison.
            if (size <= float.MaxValue)
                max = Math.Max(max, size);
            else
                nonFinite++;
        }

        return (nonFinite, max);
    }

    /// <summary>Scans 64-bit values.</summary>
    /// <returns>How many are not finite, and the greatest absolute finite value.</returns>
    public static (long NonFinite, double MaxAbsolute) Scan(ReadOnlySpan<double> values)
    {
        long nonFinite = 0;
        var max = 0.0;
        foreach (var value in values)
        {
            var size = Math.Abs(value);
            if (size <= double.MaxValue)
                max = Math.Max(max, size);
            else
                nonFinite++;
        }

        return (nonFinite, max);
    }

    /// <summary>Scans 16-bit floats given by their bits: 5 bits of exponent (IEEE half) or 8 (bfloat16).</summary>
    /// <returns>How many are not finite, and the greatest absolute finite value.</returns>
    public static (long NonFinite, double MaxAbsolute) ScanHalves(ReadOnlySpan<ushort> bits, bool isBFloat16)
    {
        long nonFinite = 0;
        var max = 0.0;
        foreach (var b in bits)
        {
            var value = isBFloat16 ? BitConverter.UInt32BitsToSingle((uint)b << 16) : (float)BitConverter.UInt16BitsToHalf(b);
            var size = Math.Abs(value);
            if (size <= float.MaxValue)
                max = Math.Max(max, size);
            else
                nonFinite++;
        }

        return (nonFinite, max);
    }

    /// <summary>Scans raw little-endian values of an element type; integers and booleans are always finite.</summary>
    /// <returns>How many are not finite, and the greatest absolute finite value.</returns>
    public static (long NonFinite, double MaxAbsolute) Scan(ReadOnlySpan<byte> raw, ElementType type) => type switch
    {
        ElementType.Float32 => Scan(MemoryMarshal.Cast<byte, float>(raw)),
        ElementType.Float64 => Scan(MemoryMarshal.Cast<byte, double>(raw)),
        ElementType.Float16 or ElementType.BFloat16 => ScanHalves(MemoryMarshal.Cast<byte, ushort>(raw), type == ElementType.BFloat16),
        ElementType.Int8 => (0, MaxAbsolute<sbyte>(raw)),
        ElementType.Int16 => (0, MaxAbsolute<short>(raw)),
        ElementType.Int32 => (0, MaxAbsolute<int>(raw)),
        ElementType.Int64 => (0, MaxAbsolute<long>(raw)),
        _ => (0, MaxAbsolute<byte>(raw)),
    };

    private static double MaxAbsolute<T>(ReadOnlySpan<byte> raw)
        where T : unmanaged, IBinaryInteger<T>
    {
        var max = 0.0;
        foreach (var value in MemoryMarshal.Cast<byte, T>(raw))
            max = Math.Max(max, Math.Abs(double.CreateTruncating(value)));
        return max;
    }
}
