namespace MLNetDebug.Data;

/// <summary>Sorts sampled values.</summary>
internal static class SortedValues
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    /// <summary>The finite values of a sampled column in ascending order.</summary>
    /// <param name="column">A column of numbers.</param>
    /// <param name="asSingles">True to round to 32-bit floats, where the other side of a comparison has no more.</param>
    public static double[] Of(SampleColumn column, bool asSingles) =>
        column.Singles is not null ? Of(column.Singles) : asSingles ? Of(Array.ConvertAll(column.Doubles!, v => (float)v)) : Of(column.Doubles!);

    /// <summary>The finite ones of these values in ascending order; -0 counts as 0.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        var sorted = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                sorted[count++] = value + 0.0;
        }

        Array.Resize(ref sorted, count);
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The finite ones of these values in ascending order; -0 counts as 0. Radix sort, linear in the number of values.</summary>
    public static double[] Of(ReadOnlySpan<float> values)
    {
        var keys = new uint[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                keys[count++] = ToKey(value + 0f);
        }

        var sorted = new double[count];
        if (count < 2048)
        {
            Array.Sort(keys, 0, count);
        }
        else
        {
            Radix(ref keys, count);
        }

        for (var i = 0; i < count; i++)
            sorted[i] = FromKey(keys[i]);
        return sorted;
    }

    private static void Radix(ref uint[] keys, int count)
    {
        var other = new uint[count];
        Span<int> starts = stackalloc int[Buckets];
        for (var shift = 0; shift < 32; shift += Bits)
        {
            starts.Clear();
            for (var i = 0; i < count; i++)
                starts[(int)(keys[i] >> shift) & (Buckets - 1)]++;
            var total = 0;
            for (var b = 0; b < Buckets; b++)
                (starts[b], total) = (total, total + starts[b]);
            for (var i = 0; i < count; i++)
                other[starts[(int)(keys[i] >> shift) & (Buckets - 1)]++] = keys[i];
            (keys, other) = (other, keys);
        }
    }

    // Order-preserving: negative floats have their bits flipped, the others their sign bit set.
    private static uint ToKey(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u);
    }

    private static double FromKey(uint key) =>
        BitConverter.UInt32BitsToSingle((key & 0x8000_0000u) != 0 ? key ^ 0x8000_0000u : ~key);
}
