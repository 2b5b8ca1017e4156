using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// What a guard adds to a training step, for four networks. Every way to watch trains its own copy, which takes one watched and one plain step per turn, in random order, on the same batch: two copies would
/// differ by where they lie in memory. What is compared are sums over blocks of 100 steps: every tenth step is sampled, every twentieth judged, every fiftieth may keep a snapshot, and a median over steps would leave all that out. The bar is held by the guard's own code, timed
/// within the step, and by what it adds to the update or takes from it: whoever touches the gradients first behind the backward pass waits for their memory. The difference of whole steps is noisier and
/// stands beside it. What the runtime compiles when a guard is used for the first time is done before, and stands in a row of its own.
/// </summary>
internal static class GuardOverhead
{
    private const int Block = 100;
    private const int WarmUp = 60;

    // The runtime has compiled for good what has run so often.
    private const int CompileSteps = 2000;

    // Anomaly mode makes a step many times as long.
    private const int AnomalyEvery = 10;

    private static readonly Watching[] Short = [Watching.Default, Watching.Naive];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        set_num_threads(1);
        yield return Compile(arguments.Seed);
        foreach (var network in BenchmarkNetwork.All.Where(n => arguments.Wants($"4.{n.Name}")))
        {
            var steps = Train(network, arguments.Quick ? Short : [.. Enum.GetValues<Watching>().Where(w => w != Watching.Plain)], arguments.Quick ? 3 : 7, arguments.Seed);
            foreach (var row in Rows(network, steps))
                yield return row;
        }

        foreach (var row in GuardMemory.Rows(arguments).Concat(GuardLeaks.Rows(arguments)))
            yield return row;
    }

    private static IEnumerable<TableRow> Rows(BenchmarkNetwork network, IReadOnlyDictionary<Watching, (Taken[] Plain, Taken[] Watched)> steps)
    {
        foreach (var (watching, (plain, taken)) in steps)
        {
            var ms = plain.Average(t => t.Whole) / 1e6;
            var whole = Shares(plain, taken, (p, t) => ((double)t.Sum(x => x.Whole) / p.Sum(x => x.Whole)) - 1);
            var own = Shares(plain, taken, (p, t) => (t.Average(x => x.Own) + Middle(t) - Middle(p)) / p.Average(x => x.Whole));
            var isGuard = taken.Any(t => t.Own > 0);
            var (value, text) = isGuard
                ? (own, $"of a plain step of {ms:0.00} ms, the guard's own code and what the update gains by it; whole steps are {Median(whole):+0.0%;-0.0%} apart [{whole.Min():+0.0%;-0.0%}..{whole.Max():+0.0%;-0.0%}]")
                : (whole, "of a plain step, by the difference of whole steps");
            var name = $"4.{network.Name.ToLowerInvariant()}";
            yield return watching == Watching.Default
                ? new TableRow(name, taken.Length, Median(value), value.Min(), value.Max(), text, "<=", network.Name == "MLP" ? 0.03 : 0.01)
                : TableRow.Shown($"{name}-{watching.ToString().ToLowerInvariant()}", taken.Length, Median(value), text, value.Min(), value.Max());
        }
    }

    // A collection that falls into some update is nobody's doing.
    private static double Middle(Taken[] taken) => Median([.. taken.Select(t => (double)t.Update)]);

    private static double[] Shares(Taken[] plain, Taken[] taken, Func<Taken[], Taken[], double> share)
    {
        var of = plain.ToDictionary(t => t.Turn);
        return [.. taken.GroupBy(t => t.Turn / Block).Select(b => share([.. b.Select(t => of[t.Turn])], [.. b]))];
    }

    private static Dictionary<Watching, (Taken[] Plain, Taken[] Watched)> Train(BenchmarkNetwork network, Watching[] ways, int blocks, int seed)
    {
        random.manual_seed(seed);
        using var batches = new ClassBatches(network);
        var trainings = ways.Select(w => new WatchedTraining(network, w, seed)).ToArray();
        var order = new Random(seed);
        var (plain, watched) = (ways.ToDictionary(w => w, _ => new List<Taken>()), ways.ToDictionary(w => w, _ => new List<Taken>()));
        for (var turn = -WarmUp; turn < blocks * Block; turn++)
        {
            // The runtime compiles for good, in the background, what has run often.
            if (turn == 0)
                Thread.Sleep(1000);
            var (x, y) = batches.Next();
            order.Shuffle(trainings);
            foreach (var training in trainings.Where(t => turn % AnomalyEvery == 0 || t.Watching is not (Watching.AnomalyInStep or Watching.AnomalyInBackward)))
            {
                var isFirst = order.Next(2) == 0;
                foreach (var isWatched in new[] { isFirst, !isFirst })
                {
                    var (whole, own, update) = training.Step(x, y, isWatched);
                    if (turn >= 0)
                        (isWatched ? watched : plain)[training.Watching].Add(new(turn, whole, own, update));
                }
            }

            x.Dispose();
            y.Dispose();
        }

        foreach (var training in trainings)
        {
            if (training.Guard is { Events.Count: > 0 } guard)
                Console.Error.WriteLine($"{network.Name}, {training.Watching}: {string.Join(" | ", guard.Events.Take(5).Select(e => $"{e.Step} {e.RuleId} {e.Text}"))}");
            training.Dispose();
        }

        return ways.ToDictionary(w => w, w => (plain[w].ToArray(), watched[w].ToArray()));
    }

    /// <summary>Trains a small network, so that what is measured afterwards is compiled; and says what the first hundred guarded steps of the process cost because of it.</summary>
    private static TableRow Compile(int seed)
    {
        using var batches = new ClassBatches(GuardLeaks.Small);
        using var training = new WatchedTraining(GuardLeaks.Small, Watching.Default, seed);
        var first = 0L;
        for (var i = 0; i < CompileSteps; i++)
        {
            var (x, y) = batches.Next();
            var own = training.Step(x, y).Own;
            first += i < Block ? own : 0;
            x.Dispose();
            y.Dispose();
            if (i % Block == Block - 1)
                training.Guard!.EndEpoch();
        }

        return TableRow.Shown("4.first-steps", Block, first / 1e6, "ms of the guard's own code in the first 100 steps of a process, most of it compilation");
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private readonly record struct Taken(int Turn, long Whole, long Own, long Update);
}
