using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Tables;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// What a guard costs beside the trainer alone, for every trainer of ML.NET: 200,000 cached rows of 20 features, one core, CPU time of all threads, guarded and unguarded
/// fits in turn, medians of the differences. The pass over the data is declared, and left out here (<see cref="DataChecks.None"/>): its time stands beside.
/// </summary>
internal static class GuardBenchmarks
{
    private const double LongTraining = 1;

    public static IReadOnlyList<TableRow> Run(TableArguments arguments)
    {
        using var core = OneCore.Pin();
        var ml = new MLContext(1);
        var view = ml.Data.Cache(StockRows.Draw(arguments.Quick ? 20_000 : 200_000).ToView());
        var costs = StockTrainers.All.Where(t => arguments.Wants(t.Name)).Select(t => CostOf(ml, t, view, arguments.Quick ? 3 : 7)).ToArray();
        var (large, small) = (costs.Where(c => c.Plain >= LongTraining).ToArray(), costs.Where(c => c.Plain < LongTraining).ToArray());
        return
        [
            .. costs.Select(c => TableRow.Shown($"2.guard-{c.Name}", 1, c.Added * 1000, $"ms added to {c.Plain * 1000:0} ms ({c.Added / c.Plain:0.0%}); the pass over the data takes {c.Pass * 1000:0} ms")),
            .. large.Length == 0 ? Array.Empty<TableRow>() : [new TableRow("2.guard-overhead", large.Length, large.Max(c => c.Added / c.Plain), null, null, $"of the training; worst: {large.MaxBy(c => c.Added / c.Plain)!.Name}", "<=", 0.02)],
            .. small.Length == 0 ? Array.Empty<TableRow>() : [new TableRow("2.guard-added-ms", small.Length, small.Max(c => c.Added * 1000), null, null, $"ms; worst: {small.MaxBy(c => c.Added)!.Name}", "<=", 20)],
        ];
    }

    private static Cost CostOf(MLContext ml, StockTrainer trainer, IDataView view, int repetitions)
    {
        var (plain, added, passes) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = -1; i < repetitions; i++)
        {
            double alone = 0, guarded = 0;
            void Alone() => alone = OneCore.CpuSeconds(() => trainer.Create(ml).Fit(view));
            void Guarded() => guarded = OneCore.CpuSeconds(() => trainer.Guarded(ml, Options(DataChecks.None)).Fit(view));
            foreach (var side in i % 2 == 0 ? [Alone, Guarded] : new[] { Guarded, Alone })
                side();
            // The first turn warms the code.
            if (i < 0)
                continue;
            plain.Add(alone);
            added.Add(guarded - alone);
            if (i < 3)
                passes.Add(trainer.Guarded(ml, Options(DataChecks.Facts)).Fit(view).DiagnosticReports().Single().Timings.Where(t => t.Name is not ("Fit" or nameof(Predictions.ModelProfile))).Sum(t => t.Elapsed.TotalSeconds));
        }

        Console.Error.WriteLine($"{trainer.Name}: {Median(plain):0.000} s, added {Median(added) * 1000:0.0} ms");
        return new Cost(trainer.Name, Median(plain), Median(added), Median(passes));
    }

    private static GuardOptions Options(DataChecks data) => new() { Data = data, Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Cost(string Name, double Plain, double Added, double Pass);
}
