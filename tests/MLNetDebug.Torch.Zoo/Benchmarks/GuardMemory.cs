using System.Diagnostics;
using System.Reflection;
using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>Peak resident memory of a process that trains, watched and not: each in a process of its own, so that no other work counts.</summary>
internal static class GuardMemory
{
    private const int Steps = 300;

    private static readonly Watching[] Ways = [Watching.Plain, Watching.Observe, Watching.Default, Watching.Mend];

    /// <summary>The commands that such a process runs, which print its peak.</summary>
    public static IEnumerable<KeyValuePair<string, Func<TableArguments, IEnumerable<TableRow>>>> Commands =>
        from network in BenchmarkNetwork.All
        from way in Ways
        select KeyValuePair.Create<string, Func<TableArguments, IEnumerable<TableRow>>>(CommandOf(network, way), a => Peak(network, way, a.Seed));

    public static IEnumerable<TableRow> Rows(TableArguments arguments)
    {
        if (!arguments.Wants("4.memory"))
            yield break;
        // Large enough beside the runtime and libtorch to be seen.
        var networks = BenchmarkNetwork.All.Where(n => n.Name is "MLP" || (!arguments.Quick && n.Name is "CNN")).ToArray();
        var peaks = networks.SelectMany(n => Ways.Select(w => (Network: n, Way: w))).ToDictionary(p => p, p => Median(Enumerable.Range(0, arguments.Quick ? 1 : 3).Select(_ => PeakOf(CommandOf(p.Network, p.Way)))));
        var observed = networks.Select(n => (n.Name, Ratio: peaks[(n, Watching.Observe)] / peaks[(n, Watching.Plain)])).MaxBy(r => r.Ratio);
        yield return new TableRow("4.memory", networks.Length, observed.Ratio, null, null, $"of the peak of a plain training; worst: {observed.Name}", "<=", 1.05);
        foreach (var (network, way) in peaks.Keys)
            yield return TableRow.Shown($"4.memory-{network.Name}-{way}".ToLowerInvariant(), Steps, peaks[(network, way)], "MB at the peak");
        foreach (var network in networks)
            yield return TableRow.Shown($"4.memory-{network.Name.ToLowerInvariant()}-state", 1, StateOf(network), "MB of parameters, buffers and optimizer state; a guard that mends holds them once more");
    }

    private static string CommandOf(BenchmarkNetwork network, Watching way) => $"guard-memory-{network.Name}-{way}";

    private static IEnumerable<TableRow> Peak(BenchmarkNetwork network, Watching way, int seed)
    {
        set_num_threads(1);
        using (var batches = new ClassBatches(network))
        using (var training = new WatchedTraining(network, way, seed))
        {
            for (var i = 0; i < Steps; i++)
            {
                var (x, y) = batches.Next();
                training.Step(x, y);
                x.Dispose();
                y.Dispose();
            }
        }

        using var process = Process.GetCurrentProcess();
        yield return TableRow.Shown("peak working set", Steps, process.PeakWorkingSet64 / 1048576.0, "MB");
    }

    private static double PeakOf(string command)
    {
        var json = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("dotnet", [Assembly.GetEntryAssembly()!.Location, command, "--json", json]) { RedirectStandardOutput = true };
            using var child = Process.Start(start)!;
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return TableFile.Read(json).Single().Value;
        }
        finally
        {
            File.Delete(json);
        }
    }

    private static double StateOf(BenchmarkNetwork network)
    {
        using var model = network.Create();
        var parameters = model.parameters().Sum(p => p.NumberOfElements * p.ElementSize);
        // SGD with momentum keeps one number per parameter, Adam two.
        return ((parameters * (network.IsSgd ? 2 : 3)) + model.buffers().Sum(b => b.NumberOfElements * b.ElementSize)) / 1048576.0;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
