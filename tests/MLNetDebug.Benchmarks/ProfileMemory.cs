using System.Diagnostics;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>Peak memory of a profile by the number of rows: each size in a process of its own, over rows that are never stored
/// and, as in a text file, of unknown number.</summary>
internal static class ProfileMemory
{
    public const string SmallCommand = "profile-memory-100k";
    public const string LargeCommand = "profile-memory-10m";

    private static readonly DataDeclaration Declaration = new() { Label = "Label", Features = ["Features"], Task = LearningTask.MulticlassClassification };

    /// <summary>The growth from 100,000 to 10,000,000 rows.</summary>
    public static IReadOnlyList<TableRow> Rows()
    {
        var (small, large) = (ChildProcess.Single(SmallCommand).Value, ChildProcess.Single(LargeCommand).Value);
        return
        [
            new TableRow("1.profile-memory", 1, large - small, null, null, "MB more at 10M rows than at 100k", "<=", 30),
            TableRow.Shown("peak of a process that profiles 100k rows", 100_000, small, "MB"),
        ];
    }

    /// <summary>Profiles and gives the peak of this process.</summary>
    /// <param name="rows">Rows.</param>
    public static IReadOnlyList<TableRow> Peak(long rows)
    {
        var profile = new DataProfiler().Profile(new WideView(rows, saysRows: false), Declaration);
        using var process = Process.GetCurrentProcess();
        return [TableRow.Shown("peak working set", profile.RowCount, process.PeakWorkingSet64 / 1048576.0, "MB")];
    }
}
