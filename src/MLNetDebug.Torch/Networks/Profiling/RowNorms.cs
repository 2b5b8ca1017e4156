using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Normalisations of each row over the last dimension, as they are without a scale and a shift.</summary>
internal static class RowNorms
{
    /// <summary>The normalisation that makes a tensor of an input: <c>layer_norm</c>, <c>rms_norm</c>; null where neither does.</summary>
    /// <param name="input">The input; its last dimension holds three elements at least.</param>
    /// <param name="isMade">True where the tensor is what the normalisation gave.</param>
    public static string? Of(Tensor input, Func<Tensor, bool> isMade)
    {
        using var scope = NewDisposeScope();
        using var none = torch.no_grad();
        if (isMade(nn.functional.layer_norm(input, [input.shape[^1]])))
            return "layer_norm";
        return isMade(input / (input * input).mean([-1], keepdim: true).sqrt()) ? "rms_norm" : null;
    }
}
