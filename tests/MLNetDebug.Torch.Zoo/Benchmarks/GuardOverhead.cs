using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// What a guard adds to a training step, for four networks. Every way to watch trains its own copy; all take one step per turn, in random order, on the same batch. What is compared are sums over blocks
/// of 100 steps: every tenth step is sampled, every twentieth judged, every fiftieth may keep a snapshot, and a median over steps would leave all that out. The bar is held by the guard's own code, timed
/// within the step; the difference of whole steps, which also has what a guard does to caches and to the collector, is noisier and stands beside it.
/// </summary>
internal static class GuardOverhead
{
    private const int Block = 100;
    private const int WarmUp = 60;

    // Anomaly mode makes a step many times as long.
    private const int AnomalyEvery = 10;

    private static readonly Watching[] Short = [Watching.Plain, Watching.Default, Watching.Naive];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        set_num_threads(1);
        foreach (var network in BenchmarkNetwork.All.Where(n => arguments.Wants($"4.{n.Name}")))
        {
            var steps = Train(network, arguments.Quick ? Short : Enum.GetValues<Watching>(), arguments.Quick ? 3 : 7, arguments.Seed);
            foreach (var row in Rows(network, steps))
                yield return row;
        }

        foreach (var row in GuardMemory.Rows(arguments).Concat(GuardLeaks.Rows(arguments)))
            yield return row;
    }

    private static IEnumerable<TableRow> Rows(BenchmarkNetwork network, IReadOnlyDictionary<Watching, Taken[]> steps)
    {
        var plain = steps[Watching.Plain];
        var ms = plain.Sum(t => t.Whole) / 1e6 / plain.Length;
        foreach (var (watching, taken) in steps.Where(s => s.Key != Watching.Plain))
        {
            var whole = Shares(plain, taken, (p, t) => ((double)t.Sum(x => x.Whole) / p.Sum(x => x.Whole)) - 1);
            var own = Shares(plain, taken, (p, t) => (double)t.Sum(x => x.Own) / p.Sum(x => x.Whole));
            var isGuard = own.Any(o => o > 0);
            var (value, text) = isGuard
                ? (own, $"of a plain step of {ms:0.00} ms, the guard's own code; whole steps are {Median(whole):+0.0%;-0.0%} apart [{whole.Min():+0.0%;-0.0%}..{whole.Max():+0.0%;-0.0%}]")
                : (whole, "of a plain step, by the difference of whole steps");
            var name = $"4.{network.Name.ToLowerInvariant()}";
            yield return watching == Watching.Default
                ? new TableRow(name, taken.Length, Median(value), value.Min(), value.Max(), text, "<=", network.Name == "MLP" ? 0.03 : 0.01)
                : TableRow.Shown($"{name}-{watching.ToString().ToLowerInvariant()}", taken.Length, Median(value), text, value.Min(), value.Max());
        }
    }

    private static double[] Shares(Taken[] plain, Taken[] taken, Func<Taken[], Taken[], double> share)
    {
        var of = plain.ToDictionary(t => t.Turn);
        return [.. taken.GroupBy(t => t.Turn / Block).Select(b => share([.. b.Select(t => of[t.Turn])], [.. b]))];
    }

    private static Dictionary<Watching, Taken[]> Train(BenchmarkNetwork network, Watching[] ways, int blocks, int seed)
    {
        random.manual_seed(seed);
        using var batches = new ClassBatches(network);
        var trainings = ways.Select(w => new WatchedTraining(network, w, seed)).ToArray();
        var order = new Random(seed);
        var taken = ways.ToDictionary(w => w, _ => new List<Taken>());
        for (var turn = -WarmUp; turn < blocks * Block; turn++)
        {
            // The runtime compiles for good, in the background, what has run often.
            if (turn == 0)
                Thread.Sleep(1000);
            var (x, y) = batches.Next();
            order.Shuffle(trainings);
            foreach (var training in trainings.Where(t => turn % AnomalyEvery == 0 || t.Watching is not (Watching.AnomalyInStep or Watching.AnomalyInBackward)))
            {
                var (whole, own) = training.Step(x, y);
                if (turn >= 0)
                    taken[training.Watching].Add(new(turn, whole, own));
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

        return taken.ToDictionary(t => t.Key, t => t.Value.ToArray());
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private readonly record struct Taken(int Turn, long Whole, long Own);
}
