using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>Labels off by k rows: is the right k named?</summary>
internal static class ShiftTable
{
    private static readonly string[] Bases = ["wine", "digits", "diabetes", "census", "regression", "heavy-tails", "images", "correlated", "rings"];

    /// <summary>Bases whose signal is weak, rare, or tied to groups of rows: how often the offset is named there is printed without a bar.</summary>
    private static readonly string[] Hard = ["clinic", "weak-binary", "weak-regression", "words", "imbalanced"];

    private static readonly int[] Offsets = [.. Enumerable.Range(-8, 17).Where(k => k != 0)];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var seeds = Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 1 : 2);
        var runs = from of in Bases.Concat(Hard) from k in Offsets from seed in seeds select (Base: of, K: k, Seed: seed + 100 * (k + 8));
        var all = Runs.Map(runs, r => (r.Base, r.K, Named: NamedOffset(r.Base, r.Seed, r.K)));
        var judged = all.Where(j => Bases.Contains(j.Base)).ToArray();
        foreach (var (of, k, named) in judged.Where(j => j.Named != j.K))
            Console.Error.WriteLine($"shift: {of} shifted by {k}: named {named?.ToString() ?? "nothing"}");
        yield return TableRow.Share("1.shift-k", judged.Count(j => j.Named == j.K), judged.Length, ">=", 0.95);
        foreach (var of in all.Where(j => Hard.Contains(j.Base)).GroupBy(j => j.Base))
            yield return TableRow.Share($"1.shift-wrong-k-on-{of.Key}", of.Count(j => j.Named is { } named && named != j.K), of.Count(), "<=", double.NaN);
        foreach (var of in all.GroupBy(j => j.Base))
            yield return TableRow.Share($"1.shift-k-on-{of.Key}", of.Count(j => j.Named == j.K), of.Count(), ">=", double.NaN);
        foreach (var k in judged.GroupBy(j => j.K))
            yield return TableRow.Share($"1.shift-k-by-{k.Key}", k.Count(j => j.Named == j.K), k.Count(), ">=", double.NaN);

        foreach (var rows in new[] { 50, 100, 200, 400, 800 })
        {
            var named = Runs.Map(Enumerable.Range(0, arguments.Quick ? 8 : 24), i => NamedOffset("digits", (arguments.Seed * 1000) + i, Offsets[i % 16], rows) == Offsets[i % 16]);
            yield return TableRow.Share($"1.shift-k-digits-{rows}-rows", named.Count(n => n), named.Length, ">=", double.NaN);
        }
    }

    private static int? NamedOffset(string of, int seed, int k, int? rows = null)
    {
        var healthy = ZooCases.Healthy(ZooBases.Named(of), seed);
        if (rows is { } count)
            healthy = healthy with { Train = healthy.Train.Select([.. Enumerable.Range(0, count)]), Test = null };
        var report = Diagnosis.Run(new LabelsShiftedBy(k).Apply(healthy, new ZooRandom(seed, "shift")));
        return Diagnosis.Alarms(report).Where(f => f.Rule.Id == RuleIds.LabelsShifted).Select(f => (f.Mend as RealignLabelsMend)?.Offset).FirstOrDefault();
    }
}
