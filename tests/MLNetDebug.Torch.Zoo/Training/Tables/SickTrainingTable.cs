using MLNetDebug.Torch.Zoo.Tables;
using MLNetDebug.Torch.Zoo.Training.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>Every rule's sick programs: found by the right rule, at the right place, and silent on the twin. Plants that do not harm are scored apart.</summary>
internal static class SickTrainingTable
{
    /// <summary>Programs of a rule that the short form runs.</summary>
    private const int Few = 4;

    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split)
    {
        TrainingProgram[] programs = [.. SickTraining.Of(split).GroupBy(p => p.ExpectedRule).SelectMany(g => g.Take(arguments.Quick ? Few : int.MaxValue))];
        List<JudgedTraining> judged = [];
        List<TrainingHarm> harms = [];
        foreach (var program in programs)
        {
            JudgedTraining[] runs = [.. Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? TrainingHarm.Seeds : 2 * TrainingHarm.Seeds).Select(seed => Judge(program, seed))];
            var harm = TrainingHarm.Of(program, [.. runs.Select(r => r.Metrics)]);
            harms.Add(harm);
            judged.AddRange(runs.Select(r => r with { IsSick = harm.IsSick }));
            Console.Error.WriteLine(
                $"program {harms.Count}/{programs.Length}: {program.Id}: found {runs.Count(r => r.IsFound)}, at its place {runs.Count(r => r.IsAtPlace)}, twin flagged {runs.Count(r => r.IsTwinFlagged)} of {runs.Length}; {harm.Loss:0.000} lost; {harm.Why}");
        }

        return [.. Pooled(judged), .. ByRule(judged), .. ByNote(judged), .. harms.Select(h => h.Row)];
    }

    private static IEnumerable<TableRow> Pooled(List<JudgedTraining> judged)
    {
        var sick = judged.Where(j => j.IsSick).ToArray();
        var harmless = judged.Where(j => !j.IsSick).ToArray();
        yield return TableRow.Share("4.found", sick.Count(j => j.IsFound), sick.Length, ">=", 0.9);
        yield return TableRow.Share("4.place", sick.Count(j => j.IsAtPlace), sick.Length, ">=", 0.85);
        yield return TableRow.Share("4.harmless-warned", harmless.Count(j => j.IsFound), harmless.Length, "<=", double.NaN);
    }

    private static IEnumerable<TableRow> ByRule(List<JudgedTraining> judged)
    {
        foreach (var rule in judged.GroupBy(j => j.Program.ExpectedRule).OrderBy(g => g.Key))
        {
            var sick = rule.Where(j => j.IsSick).ToArray();
            yield return TableRow.Shown($"4.sick-{rule.Key}", rule.Select(j => j.Program).Distinct().Count(), sick.Select(j => j.Program).Distinct().Count(), "programs that harm");
            yield return TableRow.Share($"4.found-{rule.Key}", sick.Count(j => j.IsAtPlace), sick.Length, ">=", double.NaN);
            yield return TableRow.Share($"4.twin-{rule.Key}", rule.Count(j => j.IsTwinFlagged), rule.Count(), "<=", NetworkRules.IsAdvice(rule.Key) ? 0 : 0.03);
        }
    }

    private static IEnumerable<TableRow> ByNote(List<JudgedTraining> judged)
    {
        foreach (var note in judged.SelectMany(j => j.Program.Notes).Distinct().Order())
        {
            var of = judged.Where(j => j.IsSick && j.Program.Notes.Contains(note)).ToArray();
            yield return TableRow.Share($"4.note-{note}", of.Count(j => j.IsFound), of.Length, ">=", double.NaN);
        }
    }

    private static JudgedTraining Judge(TrainingProgram program, int seed)
    {
        var sick = program.Sick(seed, TrainingCommand.Watching);
        bool found = sick.Report.Counted(program.ExpectedRule).Any(), place = found && program.IsAtPlace(sick.Report);
        if (!place)
            Console.Error.WriteLine($"missed: {program.Id}, seed {seed}: {program.ExpectedRule} not at {string.Join(" or ", program.ExpectedPlaces)}{(program.ExpectedStep is { } step ? $" step {step}" : "")}: {TrainingWords.Of(sick, program.ExpectedRule)}");
        var twin = program.Twin(seed, TrainingCommand.Watching);
        Finding[] flagged = [.. twin.Report.Counted(program.ExpectedRule)];
        if (flagged.Length > 0)
            Console.Error.WriteLine($"twin flagged: {program.Id}, seed {seed}: {TrainingWords.Of(flagged)}; {TrainingWords.Of(twin.Window)}");
        return new JudgedTraining(program, found, place, flagged.Length > 0, (sick.Metric, twin.Metric));
    }
}
