using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>A mean shift in one of 30 columns: found where it matters, and quiet where it does not.</summary>
internal static class DriftTable
{
    private const int Width = 30;

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        yield return Power("1.drift-power", 1000, 0.5, arguments, arguments.Quick ? 110 : 300, 0.99);
        foreach (var rows in new[] { 100, 300, 1000, 3000 })
        {
            foreach (var deviations in new[] { 0.1, 0.2, 0.3, 0.4, 0.5 })
                yield return Power($"1.drift-power-{rows}+{rows}-{deviations:0.0}sd", rows, deviations, arguments, arguments.Quick ? 6 : 30, double.NaN);
        }
    }

    /// <summary>Six columns moved by 0.05 sd between splits of a million rows each: none may be above Info, and nothing else.</summary>
    public static IEnumerable<TableRow> RunNegligible(TableArguments arguments)
    {
        const int moved = 6;
        var quiet = 0;
        var runs = arguments.Quick ? 3 : 20;
        for (var seed = arguments.Seed * 1000; seed < (arguments.Seed * 1000) + runs; seed++)
        {
            var (train, test) = (Draw(seed, "train", 1_000_000), Draw(seed, "test", 1_000_000));
            for (var j = 0; j < moved; j++)
                test = test.WithColumn((seed + 5 * j) % Width, (v, _) => v + 0.05f);
            var alarms = Diagnosis.Alarms(Diagnosis.Run(new ZooCase(train, test, null))).ToArray();
            foreach (var alarm in alarms)
                Console.Error.WriteLine($"drift-negligible: {alarm.Rule.Id} {alarm.Severity}, seed {seed}: {alarm.Message}");
            quiet += Math.Max(0, moved - alarms.Length);
        }

        yield return TableRow.Share("1.drift-negligible", quiet, runs * moved, ">=", 0.99);
    }

    private static TableRow Power(string name, int rows, double deviations, TableArguments arguments, int runs, double bar)
    {
        // Rules that train models are silenced: they say nothing of one column's drift and take most of the time.
        var found = Runs.Map(Enumerable.Range(arguments.Seed * 1000, runs), seed =>
        {
            var slot = seed % Width;
            var healthy = new ZooCase(Draw(seed, "train", rows), Draw(seed, "test", rows), null);
            var report = Diagnosis.Run(new ColumnDrifted(slot, deviations).Apply(healthy, new ZooRandom(seed)), Diagnosis.TrainingRules);
            return Diagnosis.Alarms(report).Any(f => f.Rule.Id == RuleIds.SplitShift && f.Subject.Slot == slot);
        });
        return TableRow.Share(name, found.Count(f => f), found.Length, ">=", bar);
    }

    private static ZooTable Draw(int seed, string salt, int rows)
    {
        var columns = new float[Width][];
        Parallel.For(0, Width, j => columns[j] = new ZooRandom(seed, $"{salt}{j}").Normals(rows));
        var random = new ZooRandom(seed, salt + "label");
        float[] labels = [.. Enumerable.Range(0, rows).Select(i => columns[0][i] + columns[1][i] + random.Normal() > 0 ? 1f : 0f)];
        return new ZooTable { Columns = columns, Label = labels, Classes = 2 };
    }
}
