using System.Diagnostics;
using MLNetDebug.Zoo.Tables;
using TorchSharp;
using TorchSharp.Modules;
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
        var costs = Networks().Where(n => arguments.Wants(n.Name)).Select(n => Measure(n, arguments.Quick ? 15 : 60, arguments.Seed)).ToArray();
        foreach (var cost in costs)
        {
            yield return TableRow.Shown(
                $"3.check-{cost.Name}", cost.Ratios.Length, cost.Median, $"of a step of {cost.Step * 1000:0.0} ms; the first check took {cost.First * 1000:0} ms", cost.Ratios.Min(), cost.Ratios.Max());
        }

        if (costs.MaxBy(c => c.Median) is { } worst)
            yield return new TableRow("3.check-cost", costs.Length, worst.Median, null, null, $"of a training step; worst: {worst.Name}", "<=", 3);
    }

    private static Cost Measure(Subject subject, int turns, int seed)
    {
        random.manual_seed(seed);
        var order = new Random(seed);
        var (model, input, target) = subject.Create();
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
        return new Cost(subject.Name, [.. blocks.Select(b => b.Ratio)], blocks.Min(b => b.Step), first);
    }

    private static IEnumerable<Subject> Networks()
    {
        yield return new("MLP", () => (Sequential(("fc1", Linear(784, 512)), ("relu1", ReLU()), ("fc2", Linear(512, 512)), ("relu2", ReLU()), ("fc3", Linear(512, 10))), randn(128, 784), randint(10, [128])));
        yield return new("CNN", () => (
            Sequential(
                ("conv1", Conv2d(1, 32, 3)), ("bn1", BatchNorm2d(32)), ("relu1", ReLU()), ("conv2", Conv2d(32, 64, 3)), ("relu2", ReLU()), ("pool", MaxPool2d(2)), ("flat", Flatten()),
                ("fc1", Linear(64 * 12 * 12, 128)), ("relu3", ReLU()), ("drop", Dropout(0.5)), ("fc2", Linear(128, 10))),
            randn(64, 1, 28, 28), randint(10, [64])));
        yield return new("LSTM", () => (new Recurrent(), randn(64, 30, 32), randint(10, [64])));
        yield return new("transformer", () => (new Encoder(), randn(32, 32, 64), randint(10, [32])));
    }

    private static double Seconds(Action run)
    {
        var started = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Subject(string Name, Func<(nn.Module<Tensor, Tensor> Model, Tensor Input, Tensor Target)> Create);

    private sealed record Cost(string Name, double[] Ratios, double Step, double First)
    {
        public double Median => Ratios.Order().ElementAt(Ratios.Length / 2);
    }

    private sealed class Recurrent : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM lstm = LSTM(32, 128, numLayers: 2, batchFirst: true);
        private readonly Linear head = Linear(128, 10);

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            var (y, _, _) = lstm.call(x);
            return head.call(y.select(1, -1));
        }
    }

    private sealed class Encoder : nn.Module<Tensor, Tensor>
    {
        private readonly TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(64, 4, 128), 2);
        private readonly Linear head = Linear(64, 10);

        public Encoder()
            : base(nameof(Encoder)) => RegisterComponents();

        public override Tensor forward(Tensor x) => head.call(encoder.call(x, null, null).mean([0]));
    }
}
