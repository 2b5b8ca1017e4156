using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>A loss: a module that is made anew for each run, or a function.</summary>
internal sealed record LossPlan(Func<nn.Module<Tensor, Tensor, Tensor>>? Module, Func<Tensor, Tensor, Tensor>? Function)
{
    public static LossPlan Of(Func<nn.Module<Tensor, Tensor, Tensor>> module) => new(module, null);

    public static LossPlan Of(Func<Tensor, Tensor, Tensor> function) => new(null, function);

    public static LossPlan CrossEntropy { get; } = Of(() => nn.CrossEntropyLoss());

    public static LossPlan CrossEntropyFunction { get; } = Of((output, target) => nn.functional.cross_entropy(output, target));

    public static LossPlan NegativeLogLikelihood { get; } = Of(() => nn.NLLLoss());

    public static LossPlan BinaryLogits { get; } = Of(() => nn.BCEWithLogitsLoss());

    public static LossPlan BinaryProbabilities { get; } = Of(() => nn.BCELoss());

    public static LossPlan SquaredError { get; } = Of(() => nn.MSELoss());

    public static LossPlan AbsoluteError { get; } = Of(() => nn.L1Loss());

    public static LossPlan Huber { get; } = Of(() => nn.HuberLoss());

    /// <summary>A divergence that takes its target as probabilities; TorchSharp's own default is their logarithms. Summed, because its mean divides by the classes too and says so on every call.</summary>
    public static LossPlan Divergence { get; } = Of(() => nn.KLDivLoss(log_target: false, reduction: nn.Reduction.Sum));

    public static LossPlan DivergenceOfLogarithms { get; } = Of(() => nn.KLDivLoss(reduction: nn.Reduction.Sum));
}
