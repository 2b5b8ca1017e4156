using System.Runtime.InteropServices;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// Lets the C library keep what is freed. Where it goes back to the system, each temporary of an optimizer's step is paid for page by page when it is touched for the first time, at some times and not at others, and two loops that
/// take the same steps differ by half.
/// </summary>
internal static class KeptMemory
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    // The most that glibc takes.
    private const int Largest = 32 << 20;

    /// <summary>For the rest of the process, on Linux.</summary>
    public static void Keep()
    {
        if (!OperatingSystem.IsLinux())
            return;
        SetOption(MapThreshold, Largest);
        SetOption(TrimThreshold, int.MaxValue);
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    private static extern int SetOption(int option, int value);
}
