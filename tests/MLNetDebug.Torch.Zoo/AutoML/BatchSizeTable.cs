using System.Diagnostics;
using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Results;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Studies;
using MLNetDebug.Zoo.Tables;
using TorchSharp;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>
/// The effect of the batch size, found where it is, and not where all arms are of one batch size and differ in their seeds alone. Whether a plant harms is shown on another draw, by other seeds, than the
/// rule sees. One thread, so that every figure comes out again.
/// </summary>
internal static class BatchSizeTable
{
    private const int Repeats = 5;

    // Of a program's draws the first show its harm; further on stand those that the rule judges, and those of the healthy runs.
    private const int Judged = 100;
    private const int Healthy = 500;

    private static readonly IReadOnlyList<Rule> Rules = RuleCatalog.Create(typeof(TrialSet).Assembly);

    public static IEnumerable<TableRow> Rows(TableArguments arguments) => Rows(arguments, Split.Score);

    /// <summary>The same on the bases that thresholds may be set on.</summary>
    public static IEnumerable<TableRow> Rows(TableArguments arguments, Split split)
    {
        torch.set_num_threads(1);
        const string Rule = RuleIds.BatchSizeEffect;
        var first = arguments.Seed * 1000;
        var (found, twins, healthy) = (new List<bool>(), new List<bool>(), new List<bool>());
        foreach (var program in BatchSizePrograms.Of(split))
        {
            var started = Stopwatch.GetTimestamp();
            var harm = HarmOf(program, first);
            var isSick = harm is { Mean: > 0, PValue: < 0.05 };
            yield return TableRow.Shown($"6.harm-{program.Id}", harm.Count, harm.Mean, $"{(program.IsByAccuracy ? "accuracy" : "loss")} lost by the large batch; p {harm.PValue:0.0000}: {(isSick ? "sick" : "harmless")}", harm.Low, harm.High);
            foreach (var draw in Enumerable.Range(first + Judged, arguments.Quick ? 7 : 12))
            {
                var (sick, twin) = Judge(program, draw);
                if (isSick)
                    found.Add(IsFound(sick.Report));
                if (isSick && !found[^1])
                    Console.Error.WriteLine($"not found: {program.Id}, draw {draw}: {BatchSizeWords.Of(sick.Measured)}");
                twins.Add(Flags(twin, $"twin of {program.Id}, draw {draw}"));
            }

            foreach (var draw in Enumerable.Range(first + Healthy, split == Split.Calibrate ? 75 : 18))
                healthy.AddRange(Alike(program, draw).Select(r => Flags(r, $"healthy {program.Id}, draw {draw}")));
            Console.Error.WriteLine($"{program.Id}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }

        yield return TableRow.Share($"6.found-{Rule}", found.Count(f => f), found.Count, ">=", 0.95);
        yield return TableRow.Share($"6.twin-{Rule}", twins.Count(f => f), twins.Count, "<=", 0);
        yield return TableRow.Share($"6.healthy-{Rule}", healthy.Count(f => f), healthy.Count, "<=", 0.03);
    }

    /// <summary>How much the large batch loses after as many epochs, on rows and with seeds that no rule sees.</summary>
    private static MetricInterval HarmOf(BatchSizeProgram program, int draw)
    {
        using var task = new BatchSizeTask(program, draw);
        var set = Measure(task, program, draw);
        return set.AtEqualEpochs!;
    }

    /// <summary>The small batch beside the large one, and its twin beside itself.</summary>
    private static ((TrialSet Measured, DiagnosticReport Report) Sick, DiagnosticReport Twin) Judge(BatchSizeProgram program, int draw)
    {
        using var task = new BatchSizeTask(program, draw);
        var set = Measure(task, program, draw);
        return ((set, Report(set)), Report(set with { LargeEqualEpochs = task.Arm(set.Small!.Parameters, Seeds(draw, 1)), LargeEqualUpdates = task.Arm(set.Small.Parameters, Seeds(draw, 2)) }));
    }

    private static TrialSet Measure(BatchSizeTask task, BatchSizeProgram program, int draw)
    {
        var large = task.Best(program.Large, draw);
        return new TrialSet
        {
            Metric = task.Metric,
            Small = task.Arm(task.Best(BatchSizeProgram.Small, draw), Seeds(draw, 0)),
            LargeEqualEpochs = task.Arm(large, Seeds(draw, 0)),
            LargeEqualUpdates = task.Arm(large, Seeds(draw, 0), task.EpochsOfEqualUpdates),
        };
    }

    /// <summary>Three arms of one batch size, the small and the large one in turn.</summary>
    private static IEnumerable<DiagnosticReport> Alike(BatchSizeProgram program, int draw)
    {
        using var task = new BatchSizeTask(program, draw);
        foreach (var batch in new[] { BatchSizeProgram.Small, program.Large })
        {
            var best = task.Best(batch, draw);
            yield return Report(new TrialSet
            {
                Metric = task.Metric,
                Small = task.Arm(best, Seeds(draw, 0)),
                LargeEqualEpochs = task.Arm(best, Seeds(draw, 1)),
                LargeEqualUpdates = task.Arm(best, Seeds(draw, 2)),
            });
        }
    }

    private static DiagnosticReport Report(TrialSet set) => new RuleEngine(Rules).Judge("sweep", new Measurements().With(set));

    private static bool IsFound(DiagnosticReport report) => report.Of(RuleIds.BatchSizeEffect).Any(f => f.Subject.Name == TrialParameters.BatchSizeName && f.Evidence[0].Value > 0);

    private static bool Flags(DiagnosticReport report, string of)
    {
        foreach (var finding in report.Findings)
            Console.Error.WriteLine($"flagged: {of}: {finding.Message} {string.Join(", ", finding.Evidence.Select(e => $"{e.Name} {e.Value:0.####}"))}");
        return report.Findings.Count > 0;
    }

    /// <summary>The seeds of an arm: of other draws and arms others, and none that chose a rate.</summary>
    private static IEnumerable<int> Seeds(int draw, int arm) => Enumerable.Range(0, Repeats).Select(r => (draw * 100) + (arm * Repeats) + r + 1_000_000);
}
