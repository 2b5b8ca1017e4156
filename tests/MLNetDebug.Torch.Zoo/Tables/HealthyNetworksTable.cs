using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>Healthy networks, all rules on: how many runs are flagged, and by which rule.</summary>
internal static class HealthyNetworksTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split = Split.Score)
    {
        var programs = HealthyPrograms.Of(split).ToArray();
        var seeds = Enumerable.Range(arguments.Seed * 1000, split == Split.Calibrate ? 20 : arguments.Quick ? 8 : 20).ToArray();
        List<string[]> flags = [];
        foreach (var program in programs)
        {
            flags.AddRange(seeds.Select(seed => Flags(program, seed)));
            Console.Error.WriteLine($"healthy {flags.Count}/{programs.Length * seeds.Length}: {program.Id}");
        }

        yield return TableRow.Share("3.healthy-flagged", flags.Count(f => f.Length > 0), flags.Count, "<=", 0.03);
        foreach (var rule in NetworkRules.All)
            yield return TableRow.Share($"3.healthy-{rule.Id}", flags.Count(f => f.Contains(rule.Id)), flags.Count, "<=", 0.005);
    }

    /// <summary>The rules that warn of a healthy run.</summary>
    private static string[] Flags(NetworkProgram program, int seed)
    {
        using var run = program.Twin(seed);
        Finding[] alarms = [.. run.Check().Findings.Where(f => f.Severity >= Severity.Warning)];
        foreach (var alarm in alarms)
            Console.Error.WriteLine($"flagged: {alarm.Rule.Id} {alarm.Severity} on {program.Id}, seed {seed}: {alarm.Subject}: {alarm.Message}");
        return [.. alarms.Select(a => a.Rule.Id).Distinct()];
    }
}
