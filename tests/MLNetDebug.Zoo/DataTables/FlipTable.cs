using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>Flipped labels: how many of the rows named were flipped, and how many of the flipped rows are named.</summary>
internal static class FlipTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var seeds = Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 12 : 50).ToArray();
        var perBase = new[] { "digits", "wine" }.Select(of => (Base: of, Runs: Measure(of, 0.1, seeds))).ToArray();
        var pooled = perBase.SelectMany(b => b.Runs).ToArray();
        yield return Runs.Mean("1.flip-precision", [.. pooled.Select(r => r.Precision)], ">=", 0.75);
        yield return Runs.Mean("1.flip-recall", [.. pooled.Select(r => r.Recall)], ">=", 0.75);
        foreach (var (of, runs) in perBase)
        {
            yield return Runs.Mean($"1.flip-precision-{of}", [.. runs.Select(r => r.Precision)], ">=", 0.75);
            yield return Runs.Mean($"1.flip-recall-{of}", [.. runs.Select(r => r.Recall)], ">=", 0.75);
        }

        foreach (var share in new[] { 0.0, 0.05, 0.2, 0.4 })
        {
            foreach (var of in new[] { "digits", "wine" })
            {
                var runs = Measure(of, share, seeds[..(arguments.Quick ? 3 : 10)]);
                if (share > 0)
                {
                    yield return Runs.Mean($"1.flip-precision-{of}-{share:0%}", [.. runs.Select(r => r.Precision)], ">=", double.NaN);
                    yield return Runs.Mean($"1.flip-recall-{of}-{share:0%}", [.. runs.Select(r => r.Recall)], ">=", double.NaN);
                }

                yield return Runs.Mean($"1.flip-named-share-{of}-{share:0%}", [.. runs.Select(r => r.NamedShare)], ">=", double.NaN);
            }
        }
    }

    private static (double Precision, double Recall, double NamedShare)[] Measure(string of, double share, int[] seeds) => Runs.Map(seeds, seed =>
    {
        // All rows of the file, standardised: nothing is held out.
        var (train, test, trainer) = ZooCases.Healthy(ZooBases.Named(of), seed, null);
        var whole = new ZooCase(train.Append(test!), null, trainer);
        var sick = new LabelsFlipped(share).Apply(whole, new ZooRandom(seed, "flip"));
        var flipped = Enumerable.Range(0, whole.Train.Rows).Where(i => whole.Train.Label[i] != sick.Train.Label[i]).Select(i => (long)i).ToHashSet();
        var named = NamedRows(Diagnosis.Run(sick));
        double hits = named.Count(flipped.Contains);
        return (named.Length == 0 ? 0 : hits / named.Length, flipped.Count == 0 ? double.NaN : hits / flipped.Count, (double)named.Length / sick.Train.Rows);
    });

    private static long[] NamedRows(DiagnosticReport report) =>
        report.Of(RuleIds.LabelErrors).Select(f => f.Mend).OfType<RelabelRowsMend>().FirstOrDefault()?.Rows.Select(r => r.Row).ToArray() ?? [];
}
