using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>Labels that have nothing to do with the features: 500 rows of digits, and how many rows it takes.</summary>
internal static class RandomLabelsTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        yield return Found("1.random-labels", 500, 110, arguments.Seed * 1000, 0.99);
        foreach (var rows in new[] { 100, 200, 300 })
            yield return Found($"1.random-labels-{rows}-rows", rows, arguments.Quick ? 10 : 40, arguments.Seed * 1000, double.NaN);
    }

    private static TableRow Found(string name, int rows, int runs, int firstSeed, double bar)
    {
        var found = Runs.Map(Enumerable.Range(firstSeed, runs), seed =>
        {
            var drawn = ZooCases.Healthy(ZooBases.Named("digits"), seed);
            var few = drawn with { Train = drawn.Train.Select([.. Enumerable.Range(0, rows)]), Test = null };
            var report = Diagnosis.Run(new LabelsPermuted().Apply(few, new ZooRandom(seed, "random labels")));
            return Diagnosis.Alarms(report).Any(f => f.Rule.Id == RuleIds.LabelsUnrelated);
        });
        return TableRow.Share(name, found.Count(f => f), found.Length, ">=", bar);
    }
}
