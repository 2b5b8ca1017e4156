using System.Diagnostics;
using System.Reflection;

namespace MLNetDebug.Zoo.Tables;

/// <summary>
/// Hands a command to the one program that carries libtorch, <c>tests/MLNetDebug.Torch.Tests</c>, built as this one is: what references TorchSharp breaks ML.NET's own text trainers.
/// Output and exit code are passed through.
/// </summary>
internal static class TorchTables
{
    /// <summary>The commands of networks and trainings that <c>MLNetDebug.Zoo</c> takes.</summary>
    public static readonly string[] Zoo = ["network", "calibrate-network", "fuzz-network", "training", "calibrate-training", "kill-history", "kill-trainer", "fuzz-model", "sweep", "calibrate-sweep"];

    /// <summary>The commands of networks that <c>MLNetDebug.Benchmarks</c> takes.</summary>
    public static readonly string[] Benchmarks = ["network-check", "guard-overhead", "trainer-throughput", "scoring-throughput", "sweep-steps", "calibrate-sweep-steps"];

    /// <summary>Runs a command there; null where it is none of those.</summary>
    public static int? TryRun(string[] args, string[] commands)
    {
        if (args.Length == 0 || !commands.Contains(args[0]))
            return null;
        using var process = Process.Start(StartInfo(args))!;
        ConsoleCancelEventHandler cancel = (_, e) =>
        {
            // The child is ended here and its end waited for: what it wrote last is not lost.
            e.Cancel = true;
            process.Kill(entireProcessTree: true);
        };
        Console.CancelKeyPress += cancel;
        try
        {
            process.WaitForExit();
            return process.ExitCode;
        }
        finally
        {
            Console.CancelKeyPress -= cancel;
        }
    }

    /// <summary>How it is started: paths among the arguments are meant from here, so it runs here.</summary>
    internal static ProcessStartInfo StartInfo(string[] args) => new("dotnet", ["run", "-c", Configuration, "--project", Repository.PathOf("tests", "MLNetDebug.Torch.Tests"), "--", .. args]) { UseShellExecute = false };

    private static string Configuration => typeof(TorchTables).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
}
