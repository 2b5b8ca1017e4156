using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// The random state of the CPU. TorchSharp's own calls wrap the generator anew each time and leave the wrapper to the finalizer, which no dispose scope keeps from freeing it while it is read.
/// </summary>
internal static class RandomState
{
    /// <summary>The state as it stands.</summary>
    public static Tensor Get()
    {
        using var generator = Generator.Default;
        return generator.get_state();
    }

    /// <summary>Puts a state back.</summary>
    public static void Set(Tensor state)
    {
        using var generator = Generator.Default;
        generator.set_state(state);
    }
}
