using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Programs;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>Where MLD402 finds a gap: does it name what was planted?</summary>
internal static class CauseTable
{
    private static readonly (string Program, string Evidence)[] Causes =
    [
        ("leaked-", "share of the gap explained by leaked rows"),
        ("class-mix-", "share of the gap explained by class shares"),
        ("drifted-", "feature columns that differ"),
        ("last-batch-", "recomputed Accuracy"),
    ];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var seeds = Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 3 : 12);
        var runs = from program in PredictionPrograms.All
                   from cause in Causes
                   where program.Split == Split.Score && program.Id.StartsWith(cause.Program, StringComparison.Ordinal)
                   from seed in seeds
                   select (Program: program, cause.Evidence, Seed: seed);
        var judged = Runs.Map(runs, r => (r.Program, Right: Names(r.Program.Diagnose(r.Program.Sick(r.Seed)), r.Evidence)));
        yield return TableRow.Share("2.cause-MLD402", judged.Count(j => j.Right), judged.Length, ">=", 0.95);
        foreach (var of in judged.GroupBy(j => j.Program.Id))
            yield return TableRow.Share($"2.cause-{of.Key}", of.Count(j => j.Right), of.Count(), ">=", double.NaN);
    }

    private static bool Names(DiagnosticReport report, string evidence) =>
        report.Of(RuleIds.ValidationTestGap).Any(f => f.Evidence.Any(e => e.Name == evidence && e.Value > 0));
}
