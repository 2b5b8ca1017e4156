using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>What MLD215 and MLD216 share.</summary>
internal static class Divergences
{
    /// <summary>True where the first argument looks like a target and the second like an input.</summary>
    public static bool AreSwapped(LossProfile loss) => loss is { InputRows.IsProbabilities: true, TargetRows.IsLogProbabilities: true };

    public static string Negative(LossProfile loss) => loss.MeanLoss < -1e-6 ? $" The loss is {Words.Number(loss.MeanLoss)} per row; no divergence is below 0." : "";

    public static IEnumerable<Evidence> Value(LossProfile loss) => double.IsNaN(loss.MeanLoss) ? [] : [new Evidence("loss per row", loss.MeanLoss) { Threshold = 0, Unit = "nats" }];

    /// <summary>The call as it should be: TorchSharp's mean divides by the classes too, and is no divergence.</summary>
    public static string Code(int dimension) =>
        $"functional.kl_div(functional.log_softmax(output, {dimension}), probabilities, log_target: false, reduction: Reduction.Sum) / output.shape[0]";
}
