using System.Diagnostics;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>The tables of the rules on fits and predictions.</summary>
internal static class GuardCommand
{
    private static readonly (string Name, Func<TableArguments, IEnumerable<TableRow>> Run)[] Sections =
    [
        ("programs", a => ProgramTable.Run(a, "guard", "2")),
        ("ruined", RuinedTable.Run),
        ("healthy", a => HealthyFitsTable.Run(a)),
        ("evaluations", a => EvaluationTable.Run(a)),
        ("causes", CauseTable.Run),
        ("confirmed", ConfirmationTable.Run),
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
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments) => [.. HealthyFitsTable.Run(arguments, Split.Calibrate), .. EvaluationTable.Run(arguments, Split.Calibrate)];
}
