using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>Healthy runs, all rules on: how many are flagged, by which rule, on which base.</summary>
internal static class HealthyTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split = Split.Score)
    {
        var seeds = split == Split.Calibrate ? 100 : arguments.Quick ? 30 : 45;
        var runs = ZooBases.All.Where(b => b.Split == split)
            .SelectMany(b => Enumerable.Range(arguments.Seed * 1000, seeds).Select(seed => (Base: b, Seed: seed)));
        var judged = Runs.Map(runs, r => (r.Base, r.Seed, Alarms: Diagnosis.Alarms(Diagnosis.Run(ZooCases.Healthy(r.Base, r.Seed))).ToArray()));
        foreach (var (of, seed, alarms) in judged)
        {
            foreach (var alarm in alarms)
                Console.Error.WriteLine($"flagged: {alarm.Rule.Id} {alarm.Severity} on {of.Id}, seed {seed}: {alarm.Subject}: {alarm.Message}");
        }

        yield return TableRow.Share("1.healthy-flagged", judged.Count(j => j.Alarms.Length > 0), judged.Length, "<=", 0.03);
        foreach (var rule in judged.SelectMany(j => j.Alarms.Select(a => a.Rule.Id)).Distinct().Order())
            yield return TableRow.Share($"1.healthy-{rule}", judged.Count(j => j.Alarms.Any(a => a.Rule.Id == rule)), judged.Length, "<=", 0.005);
        foreach (var of in judged.GroupBy(j => j.Base.Id))
            yield return TableRow.Share($"1.healthy-on-{of.Key}", of.Count(j => j.Alarms.Length > 0), of.Count(), "<=", double.NaN);
    }
}
