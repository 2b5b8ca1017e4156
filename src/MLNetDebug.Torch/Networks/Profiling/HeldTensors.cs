using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Holds the tensors that code of the user's makes on its own thread, other than those that it takes out of its scopes itself. TorchSharp hands a native call the address behind a tensor and not the tensor: one that nothing refers to any more may be finalised while the call still
/// reads it, and the process ends. Afterwards they are whose they would have been: a network may keep some. Scalars cannot be held: no scope knows them.
/// </summary>
internal static class HeldTensors
{
    /// <summary>Runs something; what it makes is held until it returns.</summary>
    public static T During<T>(Func<T> work)
    {
        using var scope = NewDisposeScope();
        try
        {
            return work();
        }
        finally
        {
            scope.MoveToOuter(scope.DisposablesView);
        }
    }
}
