using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>A loss, whether it is a module or a function.</summary>
/// <param name="Call">Computes it of an input and a target.</param>
/// <param name="Module">The module; null for a function.</param>
internal sealed record LossFunction(Func<Tensor, Tensor, Tensor> Call, nn.Module? Module)
{
    /// <exception cref="ArgumentNullException">The loss is null.</exception>
    public static LossFunction Of(nn.Module<Tensor, Tensor, Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        // A loss that is watched is checked by what it watches: its own count and its findings stay as they are.
        return loss is DiagnosedLoss watched ? watched.Inner : new LossFunction(loss.call, loss);
    }

    /// <exception cref="ArgumentNullException">The loss is null.</exception>
    public static LossFunction Of(Func<Tensor, Tensor, Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return new LossFunction(loss, null);
    }
}
