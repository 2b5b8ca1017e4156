using MLNetDebug.AutoML;
using MLNetDebug.Zoo.Tables;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>
/// Gradient steps until the best accuracy of an unguarded grid minus half a point: of the guarded sweep (range tests, trials of forced batch sizes, confirmations and arms included) beside unguarded random
/// search (see <see cref="RandomOrders"/>), random search with guarded trials, and the grid itself. All have the steps of the whole grid; who never gets there has used them all.
/// </summary>
internal static class SweepSteps
{
    private const double Bar = 0.35;
    private const double Point = 0.005;

    public static IEnumerable<TableRow> Run(TableArguments arguments) => Run(arguments, SweepTask.All(arguments.Quick));

    /// <summary>The same over tasks that the search's own numbers may be set on.</summary>
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments) => Run(arguments, SweepTask.Calibrate());

    private static IEnumerable<TableRow> Run(TableArguments arguments, IEnumerable<Func<SweepTask>> tasks)
    {
        set_num_threads(1);
        var seeds = arguments.Quick ? 2 : 5;
        List<double> sweep = [], guard = [], grid = [];
        foreach (var make in tasks)
        {
            var task = make();
            if (!arguments.Wants(task.Name))
                continue;
            List<double> own = [];
            for (var seed = arguments.Seed; seed < arguments.Seed + seeds; seed++)
            {
                var whole = Contenders.Run(task, Contenders.Grid, null, seed, b => new StepMeter(b, double.PositiveInfinity, double.PositiveInfinity));
                var (target, budget) = (whole.Best - Point, whole.Steps);
                var random = RandomOrders.Steps(RandomOrders.Costs(task, null, seed, target), budget, seed);
                own.Add(Contenders.Sweep(task, seed, b => new StepMeter(b, target, budget)).UntilTarget / random);
                guard.Add(RandomOrders.Steps(RandomOrders.Costs(task, new(), seed, target), budget, seed) / random);
                grid.Add(whole.Until(target, budget) / random);
                Console.Error.WriteLine(FormattableString.Invariant($"{task.Name}, seed {seed}: target {target:0.0000} of {budget:0} steps; random {random:0}; sweep {own[^1]:0.000}, random guarded {guard[^1]:0.000}, grid {grid[^1]:0.000} of it"));
            }

            sweep.AddRange(own);
            yield return Shown($"6.steps-ratio-{task.Name}", own);
        }

        var (mean, low, high) = Geometric(sweep);
        yield return new TableRow("6.steps-ratio", sweep.Count, mean, low, high, "of the gradient steps of unguarded random search, geometric mean", "<=", Bar);
        yield return Shown("6.steps-ratio-guarded-random", guard);
        yield return Shown("6.steps-ratio-grid", grid);
    }

    private static TableRow Shown(string name, IReadOnlyCollection<double> ratios)
    {
        var (mean, low, high) = Geometric(ratios);
        return TableRow.Shown(name, ratios.Count, mean, "of the gradient steps of unguarded random search, geometric mean", low, high);
    }

    private static (double Mean, double? Low, double? High) Geometric(IReadOnlyCollection<double> ratios) =>
        MetricInterval.Of(ratios.Select(r => Math.Log(r))) is { } logs ? (Math.Exp(logs.Mean), Math.Exp(logs.Low), Math.Exp(logs.High)) : (ratios.DefaultIfEmpty(double.NaN).First(), null, null);
}
