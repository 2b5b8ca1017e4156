using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// What a whole train/test report costs: both profiles, shift, labels, leakage, duplicates, order and correlations, models left out,
/// on 200,000 + 100,000 rows of 36 columns in memory; beside it the 30 two-sample Kolmogorov-Smirnov tests of scipy alone on the same
/// numbers in memory, in turn, medians of wall times. Besides, what the report says of each planted defect.
/// </summary>
internal static class SplitBenchmarks
{
    /// <summary>The command of the child process that measures memory.</summary>
    public const string MemoryCommand = "split-memory";

    private const int TrainRows = 200_000;
    private const int TestRows = 100_000;

    /// <summary>Runs the benchmarks.</summary>
    /// <param name="quick">Fewer repetitions.</param>
    public static IReadOnlyList<TableRow> Run(bool quick)
    {
        var (train, test) = DriftGenerator.Make(TrainRows, TestRows, 1);
        using var scipy = ScipyKolmogorovSmirnov.Start(train, test);
        List<double> ours = [], theirs = [];
        DiagnosticReport? report = null;
        for (var i = -1; i < (quick ? 3 : 9); i++)
        {
            GC.Collect();
            var started = Stopwatch.GetTimestamp();
            report = Report(train, test);
            if (i >= 0)
                ours.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (scipy?.Time() is { } seconds && i >= 0)
                theirs.Add(seconds);
        }

        var rows = new List<TableRow> { TableRow.Shown("train/test report 200k+100k x 36", ours.Count, Median(ours), "s", ours.Min(), ours.Max()) };
        if (theirs.Count > 0)
        {
            rows.Add(TableRow.Shown("scipy 30 ks_2samp of the same columns", theirs.Count, Median(theirs), "s", theirs.Min(), theirs.Max()));
            rows.Add(new TableRow("1.report-scipy", ours.Count, Median(ours) / Median(theirs), null, null, "ratio of wall times", "<=", 1.3));
        }

        rows.Add(ChildProcess.Single(MemoryCommand));
        rows.AddRange(PlantedDefects.Judge(report!, TestRows));
        return rows;
    }

    /// <summary>The memory a report takes beyond the data; run in a process of its own.</summary>
    public static IReadOnlyList<TableRow> Memory()
    {
        var (train, test) = DriftGenerator.Make(TrainRows, TestRows, 1);
        var small = train.Select([.. Enumerable.Range(0, 1000)]);
        Report(small, small);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var before = process.WorkingSet64;
        var peak = before;
        using var done = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            do
            {
                process.Refresh();
                peak = Math.Max(peak, process.WorkingSet64);
            }
            while (!done.Wait(2));
        });
        watch.Start();
        Report(train, test);
        done.Set();
        watch.Join();
        return [new TableRow("1.report-memory", 1, (peak - before) / 1048576.0, null, null, "MB beyond the data", "<=", 150)];
    }

    private static DiagnosticReport Report(ZooTable train, ZooTable test)
    {
        var options = new DiagnosticsOptions
        {
            Label = train.Declaration.Label,
            Features = train.Declaration.Features,
            Task = train.Declaration.Task,
            TrainingBudget = TimeSpan.Zero,
            Sinks = [],
        };
        return new MLContext(1).Diagnostics().Validate(train.ToView(), test.ToView(), options);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
