using System.Diagnostics;
using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// What the whole check costs beside one plain training step on the same batch (gradients zeroed, forward, loss, backward, step), for four networks. Check and step take turns, in random order;
/// medians are compared. The first check of a process, with everything still to compile, stands beside.
/// </summary>
internal static class CheckCost
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        torch.set_num_threads(1);
        var costs = BenchmarkNetwork.All.Where(n => arguments.Wants(n.Name)).Select(n => Measure(n, arguments.Quick ? 15 : 60, arguments.Seed)).ToArray();
        foreach (var cost in costs)
        {
            yield return TableRow.Shown(
                $"3.check-{cost.Name}", cost.Ratios.Length, cost.Median, $"of a step of {cost.Step * 1000:0.0} ms; the first check took {cost.First * 1000:0} ms", cost.Ratios.Min(), cost.Ratios.Max());
        }

        if (costs.MaxBy(c => c.Median) is { } worst)
            yield return new TableRow("3.check-cost", costs.Length, worst.Median, null, null, $"of a training step; worst: {worst.Name}", "<=", 3);
    }

    private static Cost Measure(BenchmarkNetwork network, int turns, int seed)
    {
        random.manual_seed(seed);
        var order = new Random(seed);
        using var model = network.Create();
        var (input, target) = (randn(network.Shape), randint(BenchmarkNetwork.Classes, [network.Rows]));
        using var optimizer = optim.Adam(model.parameters());
        using var loss = CrossEntropyLoss();
        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.call(model.call(input), target).backward();
            optimizer.step();
        }

        void Check() => NetworkCheck.Run(model, optimizer, loss, (input, target));
        var first = Seconds(Check);
        for (var i = 0; i < 5; i++)
        {
            Step();
            Check();
        }

        // Five blocks, each with its own medians: their spread is the noise of the machine.
        var blocks = Enumerable.Range(0, 5).Select(_ =>
        {
            var (steps, checks) = (new List<double>(), new List<double>());
            for (var i = 0; i < turns / 5; i++)
            {
                var stepFirst = order.Next(2) == 0;
                if (stepFirst)
                    steps.Add(Seconds(Step));
                checks.Add(Seconds(Check));
                if (!stepFirst)
                    steps.Add(Seconds(Step));
            }

            return (Step: Median(steps), Ratio: Median(checks) / Median(steps));
        }).ToArray();
        return new Cost(network.Name, [.. blocks.Select(b => b.Ratio)], blocks.Min(b => b.Step), first);
    }

    private static double Seconds(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Cost(string Name, double[] Ratios, double Step, double First)
    {
        public double Median => Ratios.Order().ElementAt(Ratios.Length / 2);
    }
}
