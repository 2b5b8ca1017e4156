using MLNetDebug.Torch.Zoo.Tables;
using MLNetDebug.Torch.Zoo.Training.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>Healthy trainings, all rules on: how many runs are flagged, and by which rule.</summary>
internal static class HealthyTrainingTable
{
    /// <summary>Seeds of the short form.</summary>
    public const int FewSeeds = 4;

    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split)
    {
        var programs = HealthyTraining.Of(split).ToArray();
        var seeds = Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? FewSeeds : 2 * FewSeeds).ToArray();
        List<string[]> flags = [];
        List<TableRow> learned = [];
        foreach (var program in programs)
        {
            var runs = seeds.Select(seed => Judge(program, seed)).ToArray();
            flags.AddRange(runs.Select(r => r.Flags));
            learned.Add(TableRow.Shown($"4.learns-{program.Id}", seeds.Length, runs.Average(r => r.Metric), "held-out metric"));
            Console.Error.WriteLine($"healthy {flags.Count}/{programs.Length * seeds.Length}: {program.Id}: {runs.Average(r => r.Metric):0.000}");
        }

        yield return TableRow.Share("4.healthy-flagged", flags.Count(f => f.Length > 0), flags.Count, "<=", 0.03);
        foreach (var rule in NetworkRules.OfTraining)
            yield return TableRow.Share($"4.healthy-{rule.Id}", flags.Count(f => f.Contains(rule.Id)), flags.Count, "<=", 0.005);
        foreach (var row in learned)
            yield return row;
    }

    /// <summary>The rules that warn of a healthy run, and what the run came to.</summary>
    private static (string[] Flags, double Metric) Judge(TrainingProgram program, int seed)
    {
        var outcome = program.Twin(seed, TrainingCommand.Watching);
        Finding[] alarms = [.. outcome.Report.Findings.Where(f => f.Severity >= Severity.Warning)];
        if (alarms.Length > 0)
            Console.Error.WriteLine($"flagged: {program.Id}, seed {seed}: {TrainingWords.Of(alarms)}; {TrainingWords.Of(outcome.Window)}");
        return ([.. alarms.Select(a => a.Rule.Id).Distinct()], outcome.Metric);
    }
}
