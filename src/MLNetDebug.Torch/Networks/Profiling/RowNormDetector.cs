using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Tells a normalisation that the user wrote (RMSNorm and its like) by what it does: every row of its output, divided by its own weight, is its input times one number and has the root mean
/// square 1; or mean 0 and variance 1.
/// </summary>
internal static class RowNormDetector
{
    private const double Tolerance = 0.02;
    private const int Rows = 4;

    public static bool IsRowNorm(nn.Module module, TracedValue input, TracedValue output)
    {
        if (input.Alias.IsInvalid || output.Alias.IsInvalid || input.Alias.is_sparse || output.Alias.is_sparse || !output.Facts.IsFloatingPoint || output.Facts.Rank < 2 || output.Facts.Shape[^1] < 3 || !input.Facts.Shape.SequenceEqual(output.Facts.Shape))
            return false;
        var width = output.Facts.Shape[^1];
        using var none = torch.no_grad();
        var (before, after) = (RowsOf(input.Alias, width), RowsOf(output.Alias, width));
        var scale = module.parameters(recurse: false).FirstOrDefault(p => p.numel() == width) is { } weight ? RowsOf(weight, width) : null;
        var seen = 0;
        for (var row = 0; row < after.Length / width; row++)
        {
            var x = before.AsSpan(row * (int)width, (int)width).ToArray();
            var y = after.AsSpan(row * (int)width, (int)width).ToArray();
            if (x.All(v => v == 0))
                continue;
            if (scale is not null)
                y = [.. y.Select((v, i) => scale[i] == 0 ? v : v / scale[i])];
            if (!IsNormalised(x, y))
                return false;
            seen++;
        }

        // Two rows with different factors: one factor for all would be a mere scaling.
        return seen >= 2 && !HasOneFactor(before, after);
    }

    private static bool IsNormalised(float[] x, float[] y)
    {
        if (Math.Abs(Rms(y) - 1) > Tolerance)
            return false;
        var (meanX, meanY) = (x.Average(), y.Average());
        var centred = Math.Abs(meanY) < Tolerance;
        var from = centred ? x.Select(v => v - meanX).ToArray() : x;
        var factor = Rms(from) > 0 ? 1 / Rms(from) : 0;
        var isScaled = from.Select((v, i) => Math.Abs(v * factor - y[i])).Max() < 5 * Tolerance;
        return isScaled || (centred && x.Select((v, i) => Math.Abs(v / Rms(x) - y[i])).Max() < 5 * Tolerance);
    }

    private static bool HasOneFactor(float[] before, float[] after)
    {
        var factors = before.Zip(after).Where(p => Math.Abs(p.First) > 1e-3).Select(p => p.Second / p.First).ToArray();
        return factors.Length > 0 && factors.Max() - factors.Min() < 1e-4 * Math.Abs(factors.Max());
    }

    private static double Rms(float[] values) => Math.Sqrt(values.Average(v => (double)v * v));

    private static float[] RowsOf(Tensor tensor, long width)
    {
        using var scope = NewDisposeScope();
        var rows = tensor.detach().reshape(-1, width);
        var cpu = rows.slice(0, 0, Math.Min(Rows, rows.shape[0]), 1).to(ScalarType.Float32).cpu().contiguous();
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(cpu.bytes).ToArray();
    }
}
