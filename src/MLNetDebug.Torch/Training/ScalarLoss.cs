using MLNetDebug.Torch.Training.Signals;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training;

/// <summary>What a loss must be for a step to be taken on it.</summary>
internal static class ScalarLoss
{
    /// <exception cref="ArgumentException">It is null, disposed or no scalar.</exception>
    public static Tensor Checked(Tensor? loss) =>
        loss is not { IsInvalid: false } ? throw new ArgumentException("There is no loss: it is null or disposed already.")
        : loss.NumberOfElements != 1 ? throw new ArgumentException($"The loss must be a scalar; it has the shape [{string.Join(", ", loss.shape)}]. Reduce it, for instance by mean().")
        : loss;

    /// <summary>The loss as a number. What lies in memory is read there: to ask libtorch for it takes twice as long.</summary>
    public static double Value(Tensor loss) => PlainFloats.TryRead(loss, out var values) ? values[0] : loss.ToDouble();
}
