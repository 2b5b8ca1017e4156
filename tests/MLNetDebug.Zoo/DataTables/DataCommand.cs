using System.Diagnostics;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>The tables of the data rules.</summary>
internal static class DataCommand
{
    private static readonly (string Name, Func<TableArguments, IEnumerable<TableRow>> Run)[] Sections =
    [
        ("healthy", a => HealthyTable.Run(a)),
        ("programs", ProgramTable.Run),
        ("sorted", PlantTable.Sorted),
        ("scale", PlantTable.Scaled),
        ("shift", ShiftTable.Run),
        ("random", RandomLabelsTable.Run),
        ("flip", FlipTable.Run),
        ("drift", DriftTable.Run),
        ("negligible", DriftTable.RunNegligible),
        ("harm", HarmTable.Run),
    ];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        foreach (var (name, run) in Sections.Where(s => arguments.Wants(s.Name)))
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var row in run(arguments))
                yield return row;
            Console.Error.WriteLine($"{name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
    }

    /// <summary>Healthy runs of the bases thresholds may be set on.</summary>
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments) => HealthyTable.Run(arguments, Split.Calibrate);
}
