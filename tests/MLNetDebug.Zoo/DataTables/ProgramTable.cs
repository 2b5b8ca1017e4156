using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Programs;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>Every rule's programs: found by the right rule at the right place, and silent on the twin.</summary>
internal static class ProgramTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments) => Run(arguments, "data", "1");

    /// <summary>The programs of one table; rows are named <c>prefix.found-RULE</c> and so on.</summary>
    public static IEnumerable<TableRow> Run(TableArguments arguments, string table, string prefix)
    {
        var seeds = Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 3 : 12);
        var runs = from program in ZooPrograms.All where program.Split == Split.Score && program.Table == table from seed in seeds select (Program: program, Seed: seed);
        var judged = Runs.Map(runs, r => Judge(r.Program, r.Seed));
        foreach (var rule in judged.GroupBy(j => j.Program.ExpectedRule).OrderBy(g => g.Key))
        {
            yield return TableRow.Share($"{prefix}.found-{rule.Key}", rule.Count(j => j.Found), rule.Count(), ">=", 0.95);
            yield return TableRow.Share($"{prefix}.twin-{rule.Key}", rule.Count(j => j.TwinFlagged), rule.Count(), "<=", 0.03);
        }

        foreach (var note in judged.SelectMany(j => j.Program.Notes).Distinct().Order())
        {
            var of = judged.Where(j => j.Program.Notes.Contains(note)).ToArray();
            yield return TableRow.Share($"{prefix}.note-{note}", of.Count(j => j.Found), of.Length, ">=", double.NaN);
        }
    }

    private static (ZooProgram Program, bool Found, bool TwinFlagged) Judge(ZooProgram program, int seed)
    {
        var sick = Report(program, seed);
        var found = program.IsFound(sick);
        if (!found)
            Console.Error.WriteLine($"program {program.Id}, seed {seed}: {program.ExpectedRule} not at {program.ExpectedPlace.Kind} {program.ExpectedPlace}; findings: {string.Join("; ", sick.Findings.Select(f => $"{f.Rule.Id} {f.Severity} {f.Subject.Kind} {f.Subject}"))}; not checked: {string.Join("; ", sick.NotChecked.Where(n => n.RuleId == program.ExpectedRule).Select(n => $"{n.Reason} ({n.RowsNeeded} rows)"))}");
        if (program.Fault is FileCells)
            return (program, found, false);
        var twin = program.Diagnose(program.Twin(seed)).Of(program.ExpectedRule).ToArray();
        var advice = RuleCatalog.Create().Any(r => r.Descriptor.Id == program.ExpectedRule && r.Descriptor.DefaultSeverity == Severity.Info);
        // A rule of advice may say nothing at all on the twin; the others nothing above Info.
        return (program, found, twin.Any(f => advice && program.ExpectedRule != RuleIds.LabelErrors || f.Severity >= Severity.Warning));
    }

    private static DiagnosticReport Report(ZooProgram program, int seed)
    {
        if (program.Fault is not FileCells cells)
            return program.Diagnose(program.Sick(seed));
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var table = program.Twin(seed).Train;
            cells.Write(path, table, new ZooRandom(seed, program.Id));
            return Diagnosis.RunFile(path, FileCells.Loader(table));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
