using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests;

/// <summary>Tensors that are alive.</summary>
internal static class TensorCount
{
    /// <summary>Their number once the collector has taken what other tests left to it: it would else come in the middle, and the number fall for their sake.</summary>
    public static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Tensor.TotalCount;
    }
}
