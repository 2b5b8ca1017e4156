using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>Counts a parameter's elements in bins.</summary>
internal static class ParameterHistograms
{
    private const int Bins = 64;

    /// <summary>Null where there is nothing finite to count.</summary>
    public static ParameterHistogram? Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var host = tensor.detach().to(ScalarType.Float32).cpu().contiguous();
        return Of(MemoryMarshal.Cast<byte, float>(host.bytes));
    }

    internal static ParameterHistogram? Of(ReadOnlySpan<float> values)
    {
        var moments = new Networks.Profiling.Moments();
        moments.Add(values);
        if (moments.Finite == 0)
            return null;
        var (min, max, sum, squares) = (moments.Min, moments.Max, 0.0, 0.0);
        var counts = new long[max > min ? Bins : 1];
        var scale = max > min ? Bins / (max - min) : 0;
        foreach (var x in values)
        {
            if (!float.IsFinite(x))
                continue;
            counts[Math.Min((int)((x - min) * scale), counts.Length - 1)]++;
            (sum, squares) = (sum + x, squares + ((double)x * x));
        }

        return new ParameterHistogram(min, max, counts, sum, squares);
    }
}
