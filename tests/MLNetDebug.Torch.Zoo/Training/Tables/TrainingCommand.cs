using System.Diagnostics;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.Mending;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;
using TorchSharp;

namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>The tables of the rules on training runs. One thread, so that every figure comes out again.</summary>
internal static class TrainingCommand
{
    /// <summary>A guard that watches and does nothing: what is judged is the run as it is without.</summary>
    public static readonly TrainingGuardOptions Watching = new() { Policy = TrainingPolicy.Observe };

    private static readonly (string Name, Func<TableArguments, Split, IEnumerable<TableRow>> Run)[] Sections =
    [
        ("programs", SickTrainingTable.Run),
        ("healthy", HealthyTrainingTable.Run),
        ("nan", NonFiniteTable.Run),
        ("mending", MendTable.Run),
    ];

    public static IEnumerable<TableRow> Run(TableArguments arguments) => Run(arguments, Split.Score);

    /// <summary>The same on the bases that thresholds may be set on.</summary>
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments) => Run(arguments, Split.Calibrate);

    private static IEnumerable<TableRow> Run(TableArguments arguments, Split split)
    {
        torch.set_num_threads(1);
        foreach (var (name, run) in Sections.Where(s => arguments.Wants(s.Name)))
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var row in run(arguments, split))
                yield return row;
            Console.Error.WriteLine($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }
}
