using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;
using MLNetDebug.Zoo;
using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// Steps per second of the trainer, with its guard, shuffle and reading ahead, over those of a loop by hand that has the same rows in one tensor and takes its batches by an index. Both run in
/// turns within one process, on networks and optimizers of the same kind; what each does before its first step is not counted.
/// </summary>
internal static class TrainerThroughput
{
    private const double Bar = 0.9;

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        set_num_threads(1);
        KeptMemory.Keep();
        var rounds = arguments.Quick ? 3 : 9;
        foreach (var (name, network, batch) in new[] { ("mlp", Mlp, 128), ("cnn", Cnn, 64) })
        {
            if (!arguments.Wants($"5.{name}"))
                continue;
            var (digits, wide) = (Measure(network, Digits(), batch, 20, rounds, arguments.Seed), Measure(network, Wide(arguments.Quick ? 40_000 : 200_000), batch, 1, rounds, arguments.Seed));
            yield return Shown($"5.{name}-digits", digits);
            yield return Shown($"5.{name}-200k", wide);
            var worse = digits.Ratio < wide.Ratio ? digits : wide;
            yield return new TableRow($"5.{name}", worse.Rounds, worse.Ratio, worse.Low, worse.High, "of the steps per second of a loop by hand, the worse of both tables", ">=", Bar);
        }
    }

    // The networks and batches that the cost of a guard is measured on, cut to these rows: see BenchmarkNetwork.
    private static TorchNetwork Mlp { get; } = new("throughput-mlp", (shape, outputs) =>
        Sequential(Flatten(), Linear(shape.Aggregate((a, b) => a * b), 512), ReLU(), Linear(512, 512), ReLU(), Linear(512, outputs)));

    private static TorchNetwork Cnn { get; } = new("throughput-cnn", (shape, outputs) => Sequential(
        Conv2d(1, 32, 3), BatchNorm2d(32), ReLU(), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Flatten(),
        Linear(64 * ((shape[1] - 4) / 2) * ((shape[2] - 4) / 2), 128), ReLU(), Dropout(0.5), Linear(128, outputs)));

    private static TableRow Shown(string name, Figure figure) => TableRow.Shown(
        name, figure.Rounds, figure.Ratio, $"of the steps per second of a loop by hand ({figure.StepsPerSecond.ToString("0", CultureInfo.InvariantCulture)} there)", figure.Low, figure.High);

    private static Figure Measure(TorchNetwork network, IDataView data, int batch, int epochs, int rounds, int seed)
    {
        var trainer = ML.MulticlassClassification.Trainers.Torch(network, new() { BatchSize = batch, Epochs = epochs, ValidationFraction = 0, Seed = seed });
        using var rows = TrainingRows.Read(data, null, trainer.Options, trainer.Task);
        var form = new BatchForm(rows.Columns.Shape, true, batch) { LeavesOutSingle = true };
        var (x, y) = Whole(rows, form);
        var ratios = new List<double>();
        var byHand = new List<double>();
        var order = new Random(seed);
        // The first round is for the compiler.
        for (var round = 0; round <= rounds; round++)
        {
            random.manual_seed(seed + round);
            var handFirst = order.Next(2) == 0;
            var hand = handFirst ? ByHand(trainer, x, y) : 0;
            var ours = ByTrainer(trainer, rows, form, x);
            hand = handFirst ? hand : ByHand(trainer, x, y);
            if (round == 0)
                continue;
            ratios.Add(ours / hand);
            byHand.Add(hand);
        }

        x.Dispose();
        y.Dispose();
        ratios.Sort();
        return new Figure(rounds, ratios[rounds / 2], ratios[0], ratios[^1], byHand.Order().ElementAt(rounds / 2));
    }

    private static double ByTrainer(TorchTrainer trainer, TrainingRows rows, BatchForm form, Tensor x)
    {
        using var sample = x.slice(0, 0, 64, 1);
        using var network = NetworkInTraining.Create(trainer, rows, sample);
        using var optimizer = Optimizers.Make(trainer.Network.Name, network.Whole, trainer.Options);
        using var loop = new TrainingLoop(trainer, network, rows, optimizer, form, null);
        var started = Stopwatch.GetTimestamp();
        loop.Run();
        return trainer.Options.Epochs * form.Batches(rows.TrainingCount) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double ByHand(TorchTrainer trainer, Tensor x, Tensor y)
    {
        var options = trainer.Options;
        using var model = trainer.Network.Create(x.shape[1..], 10);
        using var optimizer = optim.AdamW(model.parameters(), options.LearningRate, weight_decay: 0.01);
        var (rows, steps) = (y.size(0), 0L);
        model.train();
        var started = Stopwatch.GetTimestamp();
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            using var order = randperm(rows);
            for (var start = 0L; start + 1 < rows; start += options.BatchSize, steps++)
            {
                using var scope = NewDisposeScope();
                var batch = order.narrow(0, start, Math.Min(options.BatchSize, rows - start));
                optimizer.zero_grad();
                functional.cross_entropy(model.call(x.index_select(0, batch)), y.index_select(0, batch)).backward();
                optimizer.step();
            }
        }

        return steps / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static (Tensor X, Tensor Y) Whole(TrainingRows rows, BatchForm form)
    {
        using var feed = rows.Epoch(1, 0, form with { Size = (int)rows.TrainingCount });
        var batch = feed.Take(CancellationToken.None).First();
        return (batch.X.clone(), batch.Y.clone());
    }

    private static IDataView Digits() => Keyed(
        8, File.ReadLines(Repository.PathOf("samples", "QuickStart", "data", "digits.csv")).Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray())
            .Select(c => new Row { Features = [.. c[..64].Select(v => v / 16)], Class = (int)c[64] }));

    /// <summary>Rows of 100 numbers, noise about the pattern of their class, a tenth of the labels drawn anew.</summary>
    private static IDataView Wide(int count)
    {
        var random = new Random(1);
        float[][] patterns = [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 100).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray())];
        return Keyed(10, Enumerable.Range(0, count).Select(_ =>
        {
            var label = random.Next(10);
            return new Row { Features = [.. patterns[label].Select(p => p + (float)(random.NextDouble() - 0.5))], Class = random.Next(10) == 0 ? random.Next(10) : label };
        }));
    }

    private static IDataView Keyed(int side, IEnumerable<Row> rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, side, side);
        var view = ML.Data.LoadFromEnumerable(rows.ToArray(), schema);
        return ML.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class)).Fit(view).Transform(view);
    }

    private static MLContext ML { get; } = new(1);

    private readonly record struct Figure(int Rounds, double Ratio, double Low, double High, double StepsPerSecond);

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public int Class { get; set; }
    }
}
