using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Tables;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// What a guard costs beside the trainer alone, for every trainer of ML.NET: 200,000 cached rows of 20 features, one core, CPU time of all threads. A training of a second takes a
/// twentieth more or less from one time to the next, which is more than a guard takes. So the way a trainer reads is written down, and its rows are read again in that way for as long,
/// without its arithmetic, guarded and not, in turn; the model that is looked into is the trainer's. The fastest of each are compared: a shared machine only ever adds time. The plain
/// difference of two trainings stands beside, and so does the pass over the data, which is declared and left out here (<see cref="DataChecks.None"/>).
/// </summary>
internal static class GuardBenchmarks
{
    private const double LongTraining = 1;

    public static IReadOnlyList<TableRow> Run(TableArguments arguments)
    {
        using var core = OneCore.Pin();
        var ml = new MLContext(1);
        var view = ml.Data.Cache(StockRows.Draw(arguments.Quick ? 20_000 : 200_000).ToView());
        var costs = StockTrainers.All.Where(t => arguments.Wants(t.Name)).Select(t => CostOf(ml, t, view, arguments.Quick ? 5 : 20)).ToArray();
        var (large, small) = (costs.Where(c => c.Alone >= LongTraining).ToArray(), costs.Where(c => c.Alone < LongTraining).ToArray());
        return
        [
            .. costs.Select(c => TableRow.Shown(
                $"2.guard-{c.Name}", c.Turns, c.Added * 1000,
                $"ms added to {c.Alone * 1000:0} ms ({c.Share:0.0%}); two trainings differ by {c.Difference * 1000:0} ms; the pass over the data takes {c.Pass * 1000:0} ms")),
            .. Worst("2.guard-overhead", large, c => c.Share, "of the training", 0.02),
            .. Worst("2.guard-added-ms", small, c => c.Added * 1000, "ms", 20),
        ];
    }

    private static TableRow[] Worst(string name, Cost[] costs, Func<Cost, double> value, string text, double bar) =>
        costs.MaxBy(value) is { } worst
            ? [new TableRow(name, costs.Length, value(worst), null, null, $"{text}; worst: {worst.Name}", "<=", bar)]
            : [];

    private static Cost CostOf(MLContext ml, StockTrainer trainer, IDataView view, int turns)
    {
        var log = new ReadLog(view);
        var model = trainer.Create(ml).Fit(log);
        var (alone, guarded, passes) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < 3; i++)
        {
            alone.Add(OneCore.CpuSeconds(() => trainer.Create(ml).Fit(view)));
            guarded.Add(OneCore.CpuSeconds(() => trainer.Guarded(ml, Options(DataChecks.None)).Fit(view)));
            passes.Add(PassOf(trainer.Guarded(ml, Options(DataChecks.Facts)).Fit(view)));
        }

        // The guard spends on scoring what training took; sleeping takes no time of the processor's.
        var training = TimeSpan.FromSeconds(alone.Min());
        ITransformer Read(IDataView rows)
        {
            log.Replay(rows);
            Thread.Sleep(training);
            return model;
        }

        ITransformer Once(IDataView rows)
        {
            using var cursor = rows.GetRowCursor(rows.Schema);
            while (cursor.MoveNext())
            {
            }

            return model;
        }

        // The runtime compiles for good what has run thirty times, in the background; a first fit's compiling is the process's cost, not the guard's.
        var few = ml.Data.Cache(ml.Data.TakeRows(view, 1_000));
        for (var i = 0; i < 40; i++)
            new FitGuard(trainer.Create(ml), Options(DataChecks.None)).Fit(few, Once);
        Thread.Sleep(500);
        var (without, with) = (new List<double>(), new List<double>());
        void Without() => without.Add(OneCore.CpuSeconds(() => Read(view)));
        void With() => with.Add(OneCore.CpuSeconds(() => new FitGuard(trainer.Create(ml), Options(DataChecks.None)).Fit(view, Read)));
        for (var i = 0; i < turns; i++)
        {
            foreach (var side in i % 2 == 0 ? [Without, With] : new[] { With, Without })
                side();
        }

        var cost = new Cost(trainer.Name, turns, alone.Min(), with.Min() - without.Min(), guarded.Min() - alone.Min(), passes.Min());
        Console.Error.WriteLine($"{cost.Name}: {cost.Alone:0.000} s, {log.Rows:N0} rows, added {cost.Added * 1000:0.0} ms, two trainings differ by {cost.Difference * 1000:0.0} ms");
        return cost;
    }

    private static double PassOf(ITransformer fitted) =>
        fitted.DiagnosticReports().Single().Timings.Where(t => t.Name is not ("Fit" or nameof(ModelProfile))).Sum(t => t.Elapsed.TotalSeconds);

    private static GuardOptions Options(DataChecks data) => new() { Data = data, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    private sealed record Cost(string Name, int Turns, double Alone, double Added, double Difference, double Pass)
    {
        public double Share => Added / Alone;
    }
}
