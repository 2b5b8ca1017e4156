using MLNetDebug.Torch.Networks.Losses;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>A loss over one batch, and over parts of its rows as far as it can be taken apart.</summary>
/// <param name="Mean">The mean over rows.</param>
/// <param name="Parts">The mean of each part; empty where the parts do not add up to the whole.</param>
internal sealed record HeldOutLoss(double Mean, IReadOnlyList<double> Parts)
{
    // Enough for a standard error; one call of the loss each.
    private const int MaxParts = 256;

    // A loss with weights for classes is no plain mean of its rows, and their spread still says how noisy it is.
    private const double Tolerance = 0.25;

    public static HeldOutLoss Of(LossFunction loss, Func<Tensor> forward, Tensor target)
    {
        using var output = forward();
        var whole = Value(loss, output, target);
        if (output.dim() == 0 || target.dim() == 0 || output.shape[0] != target.shape[0] || output.shape[0] < 2 || !double.IsFinite(whole))
            return new(whole, []);
        var rows = output.shape[0];
        var count = (int)Math.Min(MaxParts, rows);
        var sizes = new double[count];
        var parts = new double[count];
        try
        {
            for (var i = 0; i < count; i++)
            {
                var (start, end) = (rows * i / count, rows * (i + 1) / count);
                using var outputs = output.narrow(0, start, end - start);
                using var targets = target.narrow(0, start, end - start);
                (sizes[i], parts[i]) = (end - start, Value(loss, outputs, targets));
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A loss over pairs of rows, say.
            return new(whole, []);
        }

        var (sum, mean) = (parts.Sum(), parts.Zip(sizes, (p, s) => p * s).Sum() / rows);
        if (Math.Abs(sum - whole) <= 1e-3 * Math.Abs(whole) && Math.Abs(mean - whole) > 1e-3 * Math.Abs(whole))
            return new(whole / rows, [.. parts.Zip(sizes, (p, s) => p / s)]);
        return Math.Abs(mean - whole) <= Tolerance * Math.Abs(whole) ? new(whole, parts) : new(whole, []);
    }

    /// <summary>Standard error of the mean difference, part by part; NaN where there are none.</summary>
    public static double StandardErrorOfDifference(HeldOutLoss a, HeldOutLoss b)
    {
        if (a.Parts.Count < 2 || a.Parts.Count != b.Parts.Count)
            return double.NaN;
        double[] differences = [.. a.Parts.Zip(b.Parts, (x, y) => x - y)];
        var mean = differences.Average();
        return Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length);
    }

    private static double Value(LossFunction loss, Tensor output, Tensor target)
    {
        using var value = loss.Call(output, target);
        using var wide = value.to(ScalarType.Float64);
        using var mean = wide.mean();
        return mean.item<double>();
    }
}
