using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>What a network's held-out answers are worth; answers that are not finite are worth nothing.</summary>
internal static class Metrics
{
    /// <summary>Share of rows whose largest output stands at the class, or at the largest of a row of probabilities.</summary>
    public static double Accuracy(Tensor output, Tensor target) =>
        IsFinite(output) ? Share(output.argmax(1).eq(target.dim() > 1 ? target.argmax(1) : target)) : 0;

    /// <summary>Share of rows on the right side of 0.</summary>
    public static double LogitAccuracy(Tensor output, Tensor target) => IsFinite(output) ? Share((output.flatten() > 0).eq(target.flatten() > 0.5)) : 0;

    /// <summary>Share of rows on the right side of one half.</summary>
    public static double ProbabilityAccuracy(Tensor output, Tensor target) => IsFinite(output) ? Share((output.flatten() > 0.5).eq(target.flatten() > 0.5)) : 0;

    /// <summary>Share of the targets' variance that is explained, cut at -1.</summary>
    public static double R2(Tensor output, Tensor target)
    {
        if (!IsFinite(output))
            return -1;
        var (y, mean) = (target.flatten(1), target.flatten(1).mean([0L], keepdim: true));
        return Math.Max(-1, 1 - (output.reshape(y.shape) - y).pow(2).sum().ToDouble() / (y - mean).pow(2).sum().ToDouble());
    }

    private static bool IsFinite(Tensor output) => output.isfinite().all().ToBoolean();

    private static double Share(Tensor right) => right.to_type(ScalarType.Float32).mean().ToDouble();
}
