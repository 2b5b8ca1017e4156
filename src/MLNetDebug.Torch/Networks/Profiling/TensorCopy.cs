using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Copies of tensors that outlive the scope they are made in.</summary>
internal static class TensorCopy
{
    /// <summary>A copy of the numbers, without a graph; the caller disposes it.</summary>
    public static Tensor Of(Tensor tensor)
    {
        using var none = no_grad();
        // What nothing holds, the finalizer may free while the native call still reads it, and the process ends.
        using var detached = tensor.detach();
        return detached.clone().DetachFromDisposeScope();
    }
}
