using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// What a loop measured on held-out rows at the end of an epoch, handed to the guard's <c>EndEpoch</c>. Everything is optional; with probabilities and labels the guard can tell what a loss that
/// rises means. The tensors are read at once, and neither kept nor disposed.
/// </summary>
public sealed record Validation
{
    /// <summary>The held-out loss. Default NaN: not given; the log-loss of <see cref="Probabilities"/> stands for it where there are any.</summary>
    public double Loss { get; init; } = double.NaN;

    /// <summary>Share of held-out rows answered right, in [0, 1]. Default NaN: not given; it is counted where there are <see cref="Probabilities"/> and <see cref="Labels"/>.</summary>
    public double Accuracy { get; init; } = double.NaN;

    /// <summary>Probabilities of several classes, a row each; or of the second of two classes, one number a row. Default none. Logits are none: apply a softmax or a sigmoid.</summary>
    public Tensor? Probabilities { get; init; }

    /// <summary>The true classes of those rows, counted from 0, in the same order. Default none.</summary>
    public Tensor? Labels { get; init; }
}
