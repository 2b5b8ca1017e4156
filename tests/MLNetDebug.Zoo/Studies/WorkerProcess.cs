using System.Diagnostics;
using System.Globalization;

namespace MLNetDebug.Zoo.Studies;

/// <summary>A worker in a process of its own: the built program itself, which is what is killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // 128 and the number of SIGKILL; on Windows, what .NET ends a process with.
    private static readonly int KilledCode = OperatingSystem.IsWindows() ? -1 : 137;

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<string> _errors = [];

    private WorkerProcess(string name, Process process)
    {
        (Name, _process) = (name, process);
        process.OutputDataReceived += (_, e) => Add(_lines, e.Data);
        process.ErrorDataReceived += (_, e) => Add(_errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    /// <summary>True where it was killed before its end.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>True where it was stopped for a while.</summary>
    public bool WasStopped { get; private set; }

    public bool IsAlive => !_process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What it has said so far.</summary>
    public string[] Lines => Copy(_lines);

    /// <summary>What it has complained of.</summary>
    public string[] Errors => Copy(_errors);

    public int Said
    {
        get
        {
            lock (_lines)
                return _lines.Count;
        }
    }

    public static WorkerProcess Start(string name, string address, string study, string plan, int seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MLNetDebug.Zoo.dll");
        string[] arguments = [program, SweepWorker.Command, address, study, name, plan, seed.ToString(CultureInfo.InvariantCulture)];
        return new WorkerProcess(name, Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!);
    }

    /// <summary>Ends it at once (SIGKILL: it cannot write a last word).</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        IsKilled = _process.ExitCode == KilledCode;
    }

    /// <summary>Halts it as a machine that sleeps does; what it holds it goes on holding.</summary>
    public void Halt() => WasStopped |= Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public void GoOn() => Signal("CONT");

    /// <summary>Waits for its end, and for all that it has said.</summary>
    /// <returns>False where it has not ended in time.</returns>
    public bool WaitForExit(TimeSpan time)
    {
        if (!_process.WaitForExit(time))
            return false;
        _process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        if (IsAlive)
            _process.Kill();
        _process.Dispose();
    }

    private bool Signal(string name)
    {
        if (!IsAlive)
            return false;
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{name} {_process.Id}")]) { UseShellExecute = false, RedirectStandardError = true })!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }

    private static void Add(List<string> to, string? line)
    {
        if (line is null)
            return;
        lock (to)
            to.Add(line);
    }

    private static string[] Copy(List<string> from)
    {
        lock (from)
            return [.. from];
    }
}
