using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Class indices of a batch, counted; what is left out, or is no class, does not count.</summary>
internal sealed class LabelTally
{
    private readonly double[] _counts;
    private readonly bool _isWeighted;

    private LabelTally(double[] counts, double[]? weights)
    {
        (Rows, _isWeighted) = (counts.Sum(), weights is not null);
        _counts = weights is null ? counts : [.. counts.Zip(weights, (n, w) => n * w)];
    }

    /// <summary>Labels that count.</summary>
    public double Rows { get; }

    /// <summary>What a sum over the batch is to be divided by for the loss's own mean: the labels, or their weights.</summary>
    public double Divisor => _counts.Sum();

    /// <summary>Null where the target holds no class indices that fit the input.</summary>
    public static LabelTally? Of(Tensor target, LossIdentity loss, long classes)
    {
        using var host = HostTensor.First(target, ScalarType.Int64, long.MaxValue);
        var counts = new double[classes];
        foreach (var label in host.Longs)
        {
            if (label != loss.IgnoreIndex && label >= 0 && label < classes)
                counts[label]++;
        }

        return new(counts, WeightsOf(loss, classes));
    }

    /// <summary>The cross-entropy of the best constant answer.</summary>
    public double Entropy(double smoothing)
    {
        // Smoothing spreads over classes by their weights too: no closed form is worth its lines.
        if (Divisor <= 0 || (_isWeighted && smoothing > 0))
            return double.NaN;
        var all = Divisor;
        return ConstantLosses.Entropy([.. _counts.Select(n => ((1 - smoothing) * n / all) + (smoothing / _counts.Length))]);
    }

    private static double[]? WeightsOf(LossIdentity loss, long classes)
    {
        if (loss.Weight is not { IsInvalid: false } weight || weight.NumberOfElements != classes)
            return null;
        using var host = HostTensor.First(weight, ScalarType.Float32, long.MaxValue);
        return [.. host.Floats.ToArray().Select(w => (double)w)];
    }
}
