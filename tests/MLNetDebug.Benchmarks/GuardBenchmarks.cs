using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Tables;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// What a guard costs beside the trainer alone, for every trainer of ML.NET: 200,000 cached rows of 20 features, CPU time of all threads. A guarded and an unguarded fit run at the same
/// time in two processes on one core, so that whatever else slows the machine slows both alike; medians of the differences, with the interval of their order statistics. The pass over the data is declared,
/// and left out here (<see cref="DataChecks.None"/>): its time stands beside.
/// </summary>
internal static class GuardBenchmarks
{
    private const double LongTraining = 1;

    private const int LeastTurns = 9;

    /// <summary>The interval of a difference is wanted this narrow, in seconds or as a share of the training; turns go on until it is.</summary>
    private const double Width = 0.012;

    public static IReadOnlyList<TableRow> Run(TableArguments arguments)
    {
        var ml = new MLContext(1);
        var view = ml.Data.Cache(StockRows.Draw(FitProcess.RowCount(arguments.Quick)).ToView());
        using var one = new FitProcess(arguments.Quick);
        using var other = new FitProcess(arguments.Quick);
        var costs = StockTrainers.All.Where(t => arguments.Wants(t.Name)).Select(t => CostOf(ml, t, view, one, other, arguments.Quick ? LeastTurns : 45)).ToArray();
        var (large, small) = (costs.Where(c => c.Alone >= LongTraining).ToArray(), costs.Where(c => c.Alone < LongTraining).ToArray());
        return
        [
            .. costs.Select(c => TableRow.Shown(
                $"2.guard-{c.Name}", c.Turns, c.Added * 1000, $"ms added to {c.Alone * 1000:0} ms ({c.Share:0.0%}); the pass over the data takes {c.Pass * 1000:0} ms", c.Low * 1000, c.High * 1000)),
            .. Worst("2.guard-overhead", large, c => c.Share, c => c.Alone, "of the training", 0.02),
            .. Worst("2.guard-added-ms", small, c => c.Added * 1000, _ => 0.001, "ms", 20),
        ];
    }

    private static TableRow[] Worst(string name, Cost[] costs, Func<Cost, double> value, Func<Cost, double> unit, string text, double bar) =>
        costs.MaxBy(value) is { } worst
            ? [new TableRow(name, costs.Length, value(worst), worst.Low / unit(worst), worst.High / unit(worst), $"{text}; worst: {worst.Name}", "<=", bar)]
            : [];

    private static Cost CostOf(MLContext ml, StockTrainer trainer, IDataView view, FitProcess one, FitProcess other, int mostTurns)
    {
        var (alone, added) = (new List<double>(), new List<double>());
        for (var i = -2; i < LeastTurns || (i < mostTurns && IsWide(alone, added)); i++)
        {
            // In turn, so that neither process's memory layout counts; the first two turns warm both kinds in both.
            var (plain, guarded) = i % 2 == 0 ? (one, other) : (other, one);
            plain.Begin(trainer.Name, isGuarded: false);
            guarded.Begin(trainer.Name, isGuarded: true);
            var (without, with) = (plain.End(), guarded.End());
            if (i < 0)
                continue;
            alone.Add(without);
            added.Add(with - without);
        }

        var (low, high) = IntervalOf(added);
        var pass = Enumerable.Range(0, 3).Min(_ => PassOf(trainer.Guarded(ml, FitProcess.Options(DataChecks.Facts)).Fit(view)));
        var cost = new Cost(trainer.Name, added.Count, MedianOf(alone), MedianOf(added), low, high, pass);
        Console.Error.WriteLine($"{cost.Name}: {cost.Alone:0.000} s, added {cost.Added * 1000:0.0} ms [{low * 1000:0.0}, {high * 1000:0.0}] in {cost.Turns} turns");
        return cost;
    }

    private static bool IsWide(List<double> alone, List<double> added)
    {
        var (low, high) = IntervalOf(added);
        return high - low > Width * Math.Max(1, MedianOf(alone));
    }

    private static double MedianOf(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>About 95 %: of nine values the second and the eighth.</summary>
    private static (double Low, double High) IntervalOf(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        var outside = (int)((sorted.Length - 1.96 * Math.Sqrt(sorted.Length)) / 2);
        return (sorted[outside], sorted[^(outside + 1)]);
    }

    private static double PassOf(ITransformer fitted) =>
        fitted.DiagnosticReports().Single().Timings.Where(t => t.Name is not ("Fit" or nameof(ModelProfile))).Sum(t => t.Elapsed.TotalSeconds);

    private sealed record Cost(string Name, int Turns, double Alone, double Added, double Low, double High, double Pass)
    {
        public double Share => Added / Alone;
    }
}
