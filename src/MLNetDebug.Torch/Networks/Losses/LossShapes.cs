using MLNetDebug.Torch.Networks.Profiling;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Shapes of what a loss is fed.</summary>
internal static class LossShapes
{
    /// <summary>True where two shapes are equal or are stretched to one another.</summary>
    public static bool Broadcasts(IReadOnlyList<long> a, IReadOnlyList<long> b)
    {
        for (var i = 1; i <= Math.Min(a.Count, b.Count); i++)
        {
            if (a[^i] != b[^i] && a[^i] != 1 && b[^i] != 1)
                return false;
        }

        return true;
    }

    /// <summary>The shape two shapes are stretched to.</summary>
    public static long[] Stretched(IReadOnlyList<long> a, IReadOnlyList<long> b)
    {
        var rank = Math.Max(a.Count, b.Count);
        return [.. Enumerable.Range(0, rank).Select(i => Math.Max(At(a, rank - i), At(b, rank - i)))];

        static long At(IReadOnlyList<long> shape, int fromEnd) => fromEnd <= shape.Count ? shape[^fromEnd] : 1;
    }

    /// <summary>The shape of class indices for an input of this shape.</summary>
    public static IEnumerable<long> WithoutClasses(IReadOnlyList<long> input) => input.Where((_, i) => i != RowReader.Dimension(input.Count));

    /// <summary>How many of so many terms count: labels that are left out do not.</summary>
    public static long Counted(Tensor target, long terms, long? ignoreIndex)
    {
        if (ignoreIndex is not { } ignored || target.dtype != ScalarType.Int64)
            return terms;
        using var labels = HostTensor.First(target, ScalarType.Int64, long.MaxValue);
        return labels.Longs.Length - labels.Longs.Count(ignored);
    }
}
