using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>Healthy rows, real trainers under guard with all rules on: how many fits are flagged, by which rule, with which trainer.</summary>
internal static class HealthyFitsTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split = Split.Score)
    {
        var seeds = Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 6 : split == Split.Calibrate ? 20 : 10);
        var runs = from of in ZooBases.All
                   where of.Split == split
                   from seed in seeds
                   from trainer in BaseTrainers.For(of, seed)
                   select (Base: of, Seed: seed, Trainer: trainer);
        var judged = Runs.Map(runs, r => (r.Base, r.Seed, r.Trainer, Alarms: Alarms(r.Base, r.Seed, r.Trainer)));
        foreach (var (of, seed, trainer, alarms) in judged)
        {
            foreach (var alarm in alarms)
                Console.Error.WriteLine($"flagged: {alarm.Rule.Id} {alarm.Severity} on {of.Id}, seed {seed}, {trainer.Name}: {alarm.Subject}: {alarm.Message}");
        }

        yield return TableRow.Share("2.healthy-flagged", judged.Count(j => j.Alarms.Length > 0), judged.Length, "<=", 0.03);
        foreach (var rule in judged.SelectMany(j => j.Alarms.Select(a => a.Rule.Id)).Distinct().Order())
            yield return TableRow.Share($"2.healthy-{rule}", judged.Count(j => j.Alarms.Any(a => a.Rule.Id == rule)), judged.Length, "<=", 0.005);
        foreach (var trainer in judged.GroupBy(j => j.Trainer.Name))
            yield return TableRow.Share($"2.healthy-with-{trainer.Key}", trainer.Count(j => j.Alarms.Length > 0), trainer.Count(), "<=", double.NaN);
    }

    private static Finding[] Alarms(ZooBase of, int seed, BaseTrainer trainer)
    {
        var rows = ZooCases.Healthy(of, seed, trainer.Traits).Train;
        try
        {
            var options = new GuardOptions { Diagnostics = new DiagnosticsOptions { Sinks = [] } };
            return [.. Diagnosis.Alarms(trainer.Guarded(new MLContext(1), options).Fit(rows.ToView()).DiagnosticReports().Last())];
        }
        catch (DiagnosticException e)
        {
            return [.. Diagnosis.Alarms(e.Report)];
        }
    }
}
