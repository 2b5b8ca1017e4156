using System.Diagnostics;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;
using TorchSharp;

namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>The tables of the rules on networks. One thread, so that every figure comes out again.</summary>
internal static class NetworkCommand
{
    private static readonly (string Name, Func<TableArguments, IEnumerable<TableRow>> Run)[] Sections =
    [
        ("programs", DetectionTable.Run),
        ("healthy", a => HealthyNetworksTable.Run(a)),
        ("learning", a => LearningTable.Run(a)),
    ];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        torch.set_num_threads(1);
        foreach (var (name, run) in Sections.Where(s => arguments.Wants(s.Name)))
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var row in run(arguments))
                yield return row;
            Console.Error.WriteLine($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }

    /// <summary>The same on the bases that thresholds may be set on.</summary>
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments)
    {
        torch.set_num_threads(1);
        return [.. DetectionTable.RunCalibration(arguments), .. HealthyNetworksTable.Run(arguments, Split.Calibrate)];
    }
}
