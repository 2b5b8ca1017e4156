using System.Diagnostics;

namespace MLNetDebug.Benchmarks;

/// <summary>Pins the process to one core and measures CPU time, so that other work on the machine does not count.</summary>
internal sealed class OneCore : IDisposable
{
    private readonly nint _before;

    private OneCore(nint before)
    {
        _before = before;
    }

    public static OneCore Pin()
    {
        using var process = Process.GetCurrentProcess();
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return new OneCore(0);
        var before = process.ProcessorAffinity;
        // The highest core of those allowed: the lowest ones get the system's own work.
        process.ProcessorAffinity = (nint)(1L << System.Numerics.BitOperations.Log2((ulong)(long)before));
        return new OneCore(before);
    }

    /// <summary>CPU time of all threads while an action runs, garbage of earlier ones collected before.</summary>
    public static double CpuSeconds(Action action)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // Process.TotalProcessorTime counts in hundredths of a second on Linux.
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    public void Dispose()
    {
        using var process = Process.GetCurrentProcess();
        if (_before != 0 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()))
            process.ProcessorAffinity = _before;
    }
}
