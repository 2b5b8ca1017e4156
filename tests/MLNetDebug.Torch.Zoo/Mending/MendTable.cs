using MLNetDebug.Torch.Training;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Mending;

/// <summary>
/// Trainings with a rate ten to a hundred times too high or with a spoilt batch, under a guard that mends, unguarded, and without their fault: how many end within two points of the healthy run's held-out
/// accuracy. And the healthy runs under the same guard: the same bits, unless it says that it did something.
/// </summary>
internal static class MendTable
{
    private const double Points = 0.02;

    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split)
    {
        MendCase[] cases = [.. MendCase.Of(split, arguments.Seed * 1000)];
        if (arguments.Quick)
            cases = [.. cases.Where((_, i) => i % 4 == 0)];
        MendRow[] rows = [.. cases.Select(Judge)];
        yield return TableRow.Share("4.mended", rows.Count(r => Near(r.Guarded, r.Healthy)), rows.Length, ">=", 0.8);
        yield return TableRow.Share("4.unguarded", rows.Count(r => Near(r.Unguarded, r.Healthy)), rows.Length, "<=", 0.3);
        yield return TableRow.Share("4.mend-finite", rows.Count(r => !r.Unguarded.WentNonFinite), rows.Length, ">=", 0.5);
        yield return TableRow.Share("4.mend-bits", rows.Count(r => r.Watched.Bits != r.Healthy.Bits && r.Watched.Actions.Count == 0), rows.Length, "==", 0);
        yield return TableRow.Shown("4.mend-healthy-actions", rows.Length, (double)rows.Count(r => r.Watched.Actions.Count > 0) / rows.Length, "share of healthy runs with an action");
    }

    private static bool Near(MendOutcome one, MendOutcome healthy) => one.Metric >= healthy.Metric - Points;

    private static MendRow Judge(MendCase of)
    {
        var row = new MendRow(MendOutcome.Of(of.Twin, isGuarded: false), MendOutcome.Of(of.Twin, isGuarded: true), MendOutcome.Of(of, isGuarded: false), MendOutcome.Of(of, isGuarded: true));
        Console.Error.WriteLine(
            $"{(Near(row.Guarded, row.Healthy) ? "mended" : "NOT MENDED")} {of.Id}: healthy {row.Healthy.Metric:0.000}, unguarded {row.Unguarded.Metric:0.000}{(row.Unguarded.WentNonFinite ? " (not finite)" : "")}, guarded {row.Guarded.Metric:0.000}: " +
            string.Join(", ", row.Guarded.Actions.Select(a => $"{a.Step} {a.Kind} {a.RuleId}{(a.Kind == TrainingEventKind.RateLowered ? $" ({a.Text[(a.Text.IndexOf(';') + 2)..]})" : "")}")));
        if (row.Watched.Actions.Count > 0)
            Console.Error.WriteLine($"  the healthy run: {row.Watched.Metric:0.000}; {string.Join("; ", row.Watched.Actions.Select(a => $"{a.Step} {a.Kind} {a.RuleId}: {a.Text}"))}");
        return row;
    }

    private sealed record MendRow(MendOutcome Healthy, MendOutcome Watched, MendOutcome Unguarded, MendOutcome Guarded);
}
