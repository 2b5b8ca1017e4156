using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// Processor time of this thread in nanoseconds, on Linux: what other programs take of a shared machine does not count. Elsewhere the time that passes. With one thread for libtorch a step runs on it
/// whole, and so do the collections that it causes.
/// </summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static long Now()
    {
        if (OperatingSystem.IsLinux() && clock_gettime(ThreadCpuTime, out var time) == 0)
            return (time.Seconds * 1_000_000_000L) + time.Nanoseconds;
        return (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
