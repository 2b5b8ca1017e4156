using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>Every rule's sick programs: found by the right rule, at the right place, and silent on the twin. Plants that do not harm are scored apart.</summary>
internal static class DetectionTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var programs = Chosen(SickPrograms.Of(Split.Score), arguments.Quick ? 3 : int.MaxValue);
        var harms = programs.Select((p, i) => Progress(Harm.Of(p, arguments.Seed * 1000), i, programs.Length)).ToArray();
        var judged = harms.SelectMany(h => Judge(h.Program, h.IsSick, arguments)).ToArray();
        return [.. Pooled(judged), .. ByRule(judged), .. ByNote(judged), .. harms.SelectMany(h => h.Rows)];
    }

    /// <summary>The programs of the bases that thresholds may be set on; no harm is measured.</summary>
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments)
    {
        var judged = SickPrograms.Of(Split.Calibrate).SelectMany(p => Judge(p, isSick: true, arguments)).ToArray();
        return [.. Pooled(judged), .. ByRule(judged)];
    }

    private static IEnumerable<TableRow> Pooled(JudgedRun[] judged)
    {
        var sick = judged.Where(j => j.IsSick).ToArray();
        var harmless = judged.Where(j => !j.IsSick).ToArray();
        yield return TableRow.Share("3.found", sick.Count(j => j.IsFound), sick.Length, ">=", 0.95);
        yield return TableRow.Share("3.place", sick.Count(j => j.IsAtPlace), sick.Length, ">=", 0.95);
        yield return TableRow.Share("3.harmless-warned", harmless.Count(j => j.IsFound), harmless.Length, "<=", double.NaN);
    }

    private static IEnumerable<TableRow> ByRule(JudgedRun[] judged)
    {
        foreach (var rule in judged.GroupBy(j => j.Program.ExpectedRule).OrderBy(g => g.Key))
        {
            var sick = rule.Where(j => j.IsSick).ToArray();
            yield return TableRow.Shown($"3.sick-{rule.Key}", rule.Select(j => j.Program).Distinct().Count(), sick.Select(j => j.Program).Distinct().Count(), "programs that harm");
            yield return TableRow.Share($"3.found-{rule.Key}", sick.Count(j => j.IsAtPlace), sick.Length, ">=", 0.95);
            yield return TableRow.Share($"3.twin-{rule.Key}", rule.Count(j => j.IsTwinFlagged), rule.Count(), "<=", NetworkRules.IsAdvice(rule.Key) ? 0 : 0.03);
        }
    }

    private static IEnumerable<TableRow> ByNote(JudgedRun[] judged)
    {
        foreach (var note in judged.SelectMany(j => j.Program.Notes).Distinct().Order())
        {
            var of = judged.Where(j => j.IsSick && j.Program.Notes.Contains(note)).ToArray();
            yield return TableRow.Share($"3.note-{note}", of.Count(j => j.IsFound), of.Length, ">=", double.NaN);
        }
    }

    private static IEnumerable<JudgedRun> Judge(NetworkProgram program, bool isSick, TableArguments arguments)
    {
        foreach (var seed in Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 5 : 10))
        {
            using var sick = program.Sick(seed);
            var report = sick.Check();
            bool found = report.Counted(program.ExpectedRule).Any(), place = found && program.IsAtPlace(report);
            if (!place)
                Console.Error.WriteLine($"program {program.Id}, seed {seed}: {program.ExpectedRule} not at {string.Join(" or ", program.ExpectedPlaces)}; findings: {Words(report.Findings)}; not checked: {string.Join("; ", report.NotChecked.Where(n => n.RuleId == program.ExpectedRule).Select(n => n.Reason))}");
            using var twin = program.Twin(seed);
            Finding[] flagged = [.. twin.Check().Counted(program.ExpectedRule)];
            if (flagged.Length > 0)
                Console.Error.WriteLine($"twin of {program.Id}, seed {seed}: {Words(flagged)}");
            yield return new JudgedRun(program, isSick, found, place, flagged.Length > 0);
        }
    }

    private static string Words(IEnumerable<Finding> findings) => string.Join("; ", findings.Select(f => $"{f.Rule.Id} {f.Severity} {f.Subject}: {f.Message}"));

    /// <summary>At most so many programs of each rule.</summary>
    private static NetworkProgram[] Chosen(IEnumerable<NetworkProgram> programs, int each) => [.. programs.GroupBy(p => p.ExpectedRule).SelectMany(g => g.Take(each))];

    private static Harm Progress(Harm harm, int index, int count)
    {
        Console.Error.WriteLine($"harm {index + 1}/{count}: {harm.Program.Id}: {harm.Loss:0.000} lost; {harm.Why}");
        return harm;
    }

    private sealed record JudgedRun(NetworkProgram Program, bool IsSick, bool IsFound, bool IsAtPlace, bool IsTwinFlagged);
}
