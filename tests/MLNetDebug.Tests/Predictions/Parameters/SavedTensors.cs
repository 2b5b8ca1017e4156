using CsCheck;

namespace MLNetDebug.Tests.Predictions.Parameters;

/// <summary>Random tensors of every element type, full of the values that scans stumble over.</summary>
internal static class SavedTensors
{
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 12], Gen.OneOfConst("encoder.layers.0.weight", "Gewichte.größe", "層.重み", "a b\tc", new string('n', 300)));

    private static readonly Gen<ulong> Type = Gen.OneOfConst([.. SlowValues.Sizes.Keys]);

    private static readonly Gen<long[]> Shape = Gen.Long[0, 6].Array[0, 4];

    public static readonly Gen<SavedTensor> Any = Gen.Select(Name, Type, Shape, Gen.Int[0, int.MaxValue]).Select((name, type, shape, seed) =>
        new SavedTensor(name, type, shape, Raw(type, shape.Aggregate(1L, (n, d) => n * d), seed)));

    public static readonly Gen<SavedTensor[]> Several = Any.Array[0, 6];

    /// <summary>Random bits, every fifth element all ones or all zeros: NaN, infinities, -1 and 0.</summary>
    private static byte[] Raw(ulong type, long elements, int seed)
    {
        var random = new Random(seed);
        var size = SlowValues.Sizes[type];
        var raw = new byte[elements * size];
        random.NextBytes(raw);
        for (var i = 0; i < elements; i++)
        {
            var element = raw.AsSpan(i * size, size);
            if (random.Next(5) == 0)
                element.Fill((byte)(random.Next(2) * 255));
            else if (type == 6 && random.Next(5) == 0)
                BitConverter.TryWriteBytes(element, random.Next(2) == 0 ? float.PositiveInfinity : float.NegativeInfinity);
            else if (type == 11)
                element[0] = (byte)random.Next(2);
        }

        return raw;
    }
}
