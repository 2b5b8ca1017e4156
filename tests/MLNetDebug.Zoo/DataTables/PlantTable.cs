using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>
/// Two plants that must always be found, on every base they can be planted in and for the trainers they harm: sorted rows, and one
/// column times 1,000 (L-BFGS takes both without loss).
/// </summary>
internal static class PlantTable
{
    public static IEnumerable<TableRow> Sorted(TableArguments arguments)
    {
        var runs = from of in ZooBases.All where of.Split == Split.Score from seed in Seeds(arguments, 8) select (Base: of, Seed: seed);
        var found = Runs.Map(runs, r => SortedFindings(r.Base, r.Seed, Harmed(r.Seed)).Any(f => f.Severity >= Severity.Warning));
        yield return TableRow.Share("1.sorted", found.Count(f => f), found.Length, "==", 1);
        // Trees and L-BFGS read all rows before each step: they lose nothing, and are told at Info.
        var told = Runs.Map(runs.Where(r => r.Seed % 4 == 0), r => SortedFindings(r.Base, r.Seed, r.Seed % 8 == 0 ? ZooTrainers.Trees : ZooTrainers.Lbfgs).Any(f => f.Severity == Severity.Info));
        yield return TableRow.Share("1.sorted-told-of-indifferent-trainers", told.Count(f => f), told.Length, ">=", double.NaN);
    }

    public static IEnumerable<TableRow> Scaled(TableArguments arguments)
    {
        var runs = from of in ZooBases.All where of.Split == Split.Score && !of.IsScaled from seed in Seeds(arguments, 10) select (Base: of, Seed: seed);
        var found = Runs.Map(runs, r => IsScaleFound(r.Base, r.Seed, 1e3f));
        yield return TableRow.Share("1.scale", found.Count(f => f), found.Length, "==", 1);
        foreach (var factor in new[] { 3f, 10f, 30f, 100f, 300f })
        {
            var curve = Runs.Map(runs.Where(r => r.Seed % 5 == 0), r => IsScaleFound(r.Base, r.Seed, factor, quiet: true));
            yield return TableRow.Share($"1.scale-x{factor}", curve.Count(f => f), curve.Length, ">=", double.NaN);
        }
    }

    private static bool IsScaleFound(ZooBase of, int seed, float factor, bool quiet = false)
    {
        var trainer = Harmed(seed);
        var healthy = ZooCases.Healthy(of, seed, trainer);
        int[] wide = [.. Enumerable.Range(0, healthy.Train.Columns.Length).Where(j => healthy.Train.Columns[j].Distinct().Take(4).Count() > 3)];
        var slot = wide[seed % wide.Length];
        var report = Diagnosis.Run(new ColumnScaled(slot, factor).Apply(healthy, new ZooRandom(seed)), Diagnosis.TrainingRules);
        var found = Diagnosis.Alarms(report).Where(f => f.Rule.Id == RuleIds.FeatureScale).ToArray();
        var right = found.Any(f => f.Subject.Slot == slot);
        if (!right && !quiet)
            Console.Error.WriteLine($"scale: column {slot} of {of.Id}, seed {seed}, {trainer?.Name}: {found.FirstOrDefault()?.Message ?? "not found"}");
        return right;
    }

    private static Finding[] SortedFindings(ZooBase of, int seed, TrainerTraits? trainer)
    {
        var sick = new RowsSorted().Apply(ZooCases.Healthy(of, seed, trainer), new ZooRandom(seed));
        var findings = Diagnosis.Run(sick, Diagnosis.TrainingRules).Of(RuleIds.UnshuffledRows).ToArray();
        if (findings.Length == 0)
            Console.Error.WriteLine($"sorted: not found on {of.Id}, seed {seed}");
        return findings;
    }

    /// <summary>A trainer that both plants harm.</summary>
    private static TrainerTraits? Harmed(int seed) => new[] { null, ZooTrainers.Perceptron, ZooTrainers.Sdca }[seed % 3];

    private static IEnumerable<int> Seeds(TableArguments arguments, int count) => Enumerable.Range(arguments.Seed * 1000, count);
}
