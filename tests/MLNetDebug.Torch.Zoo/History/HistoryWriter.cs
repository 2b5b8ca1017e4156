using System.Diagnostics;
using System.Globalization;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Zoo.History;

/// <summary>
/// The program that is killed: it goes on with a history of JSON lines, begins a TensorBoard file beside it and writes steps to both as fast as it can, until it is ended. A hidden command of the same
/// program: <c>write-history FOLDER SEED</c>.
/// </summary>
internal static class HistoryWriter
{
    public const string Command = "write-history";

    /// <summary>The file of JSON lines in the folder.</summary>
    public const string JsonLines = "run.jsonl";

    /// <summary>What it says when both files are open.</summary>
    public const string Ready = "writing";

    // Nobody killed it: it ends by itself.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static int Run(string[] args)
    {
        var seed = int.Parse(args[2], CultureInfo.InvariantCulture);
        var flushEvery = new[] { 1, 20, 1000 }[seed % 3];
        using var lines = new JsonLinesHistory(Path.Combine(args[1], JsonLines), flushEvery, histogramEvery: 100);
        using var board = new TensorBoardHistory(args[1], flushEvery);
        Console.WriteLine(Ready);
        var run = new SyntheticRun(seed);
        var started = Stopwatch.GetTimestamp();
        for (var step = 0L; Stopwatch.GetElapsedTime(started) < Longest; step++)
            run.Write(step, lines, board);
        return 0;
    }

    /// <summary>Starts it in a process of its own: the built program itself, which is what is killed.</summary>
    public static Process Start(string folder, int seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MLNetDebug.Torch.Tests.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, Command, folder, seed.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }
}
