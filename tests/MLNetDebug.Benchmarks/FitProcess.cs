using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Tables;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Benchmarks;

/// <summary>A process that fits trainers on its own copy of the data, one after another as it is told, and answers with the CPU seconds of each fit.</summary>
internal sealed class FitProcess : IDisposable
{
    /// <summary>The command that makes this program such a process.</summary>
    public const string Command = "fits";

    private const string GuardedWord = "guarded";

    private readonly Process _process;

    public FitProcess(bool quick)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(FitProcess).Assembly.Location, Command, .. quick ? ["--quick"] : Array.Empty<string>()])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
    }

    /// <summary>Begins a fit.</summary>
    public void Begin(string trainer, bool isGuarded) => _process.StandardInput.WriteLine($"{trainer} {(isGuarded ? GuardedWord : "alone")}");

    /// <summary>Waits for the fit that was begun.</summary>
    /// <returns>CPU seconds of all threads.</returns>
    public double End() => double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The process's own side.</summary>
    public static IEnumerable<TableRow> Serve(TableArguments arguments)
    {
        using var core = OneCore.Pin();
        var ml = new MLContext(1);
        var view = ml.Data.Cache(StockRows.Draw(RowCount(arguments.Quick)).ToView());
        foreach (var words in Lines().Select(l => l.Split(' ')))
        {
            var trainer = StockTrainers.Named(words[0]);
            var seconds = words[1] == GuardedWord
                ? OneCore.CpuSeconds(() => trainer.Guarded(ml, Options(DataChecks.None)).Fit(view))
                : OneCore.CpuSeconds(() => trainer.Create(ml).Fit(view));
            Console.WriteLine(seconds.ToString("R", CultureInfo.InvariantCulture));
        }

        return [];
    }

    public static int RowCount(bool quick) => quick ? 20_000 : 200_000;

    public static GuardOptions Options(DataChecks data) => new() { Data = data, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    private static IEnumerable<string> Lines()
    {
        while (Console.ReadLine() is { } line)
            yield return line;
    }
}
