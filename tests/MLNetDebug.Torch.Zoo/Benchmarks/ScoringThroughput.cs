using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>
/// Rows scored in a second through ML.NET beside a loop written by hand over the same numbers, which lie in one tensor before the clock starts: batches of 256, no gradients, a scope for each batch, probabilities
/// copied out. The rows come from a cached view and every score is read. All ways take turns in random order, on one thread, by that thread's processor time; medians over the turns are compared. A loop that makes a
/// tensor of each batch, and what single predictions cost, stand beside.
/// </summary>
internal static class ScoringThroughput
{
    private const int Slots = 100;
    private const int Classes = 10;
    private const int Batch = 256;
    private const double Bar = 0.7;

    private static readonly TorchNetwork Network = new("scoring", (shape, outputs) => Sequential(Linear(shape[0], 64), ReLU(), Linear(64, outputs)));

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        set_num_threads(1);
        random.manual_seed(arguments.Seed);
        TorchNetwork.Register(Network);
        var rows = arguments.Quick ? 40_000 : 200_000;
        var ml = new MLContext(arguments.Seed);
        var matrix = new float[rows * Slots];
        var draw = new Random(arguments.Seed);
        foreach (ref var value in matrix.AsSpan())
            value = draw.NextSingle() - 0.5f;
        var data = Cached(ml, matrix, rows);
        var model = new TorchModelParameters(Network, TorchTask.MulticlassClassification, [Slots], Classes, "Features", null, [Network.Create([Slots], Classes)]);
        using var trained = new TorchPredictionTransformer(ml, model, data.Schema);
        var plain = Reloaded(ml, trained, data.Schema);
        using var loaded = TorchModel.From(plain);

        var answers = new float[rows * Classes];
        using var all = tensor(matrix, [rows, Slots]);
        var ways = new (string Name, Action Score)[]
        {
            ("hand", () => ByHand(model.Modules[0], at => all.narrow(0, at, Math.Min(Batch, rows - at)), rows, answers)),
            ("hand-copying", () => ByHand(model.Modules[0], at => tensor(matrix[(at * Slots)..(Math.Min(at + Batch, rows) * Slots)], [Math.Min(Batch, rows - at), Slots]), rows, answers)),
            ("scoring", () => Through(trained.Transform(data), answers)),
            ("scoring-loaded", () => Through(loaded.Transform(data), answers)),
        };
        var seconds = Measure(ways, arguments.Quick ? 7 : 15, draw, answers);
        foreach (var name in new[] { "scoring", "scoring-loaded" })
        {
            var ratios = seconds["hand"].Zip(seconds[name], (hand, own) => hand / own).ToArray();
            yield return new TableRow(
                $"5.{name}", ratios.Length, Median(seconds["hand"]) / Median(seconds[name]), ratios.Min(), ratios.Max(),
                $"of a loop by hand: {rows / Median(seconds[name]):#,0} of {rows / Median(seconds["hand"]):#,0} rows/s", ">=", Bar);
        }

        yield return TableRow.Shown("5.scoring-hand-copying", seconds["hand"].Length, Median(seconds["hand"]) / Median(seconds["hand-copying"]), "of a loop by hand: one that makes a tensor of each batch");
        var single = arguments.Quick ? 2_000 : 20_000;
        yield return Singles("5.single", ml, trained, single);
        yield return Singles("5.single-loaded", ml, plain, single);
        yield return Singles("5.single-loaded-batched", ml, loaded, single);
    }

    private static Dictionary<string, double[]> Measure((string Name, Action Score)[] ways, int turns, Random order, float[] answers)
    {
        var seconds = ways.ToDictionary(w => w.Name, _ => new double[turns]);
        var expected = default(float[]);
        for (var turn = -2; turn < turns; turn++)
        {
            order.Shuffle(ways);
            foreach (var (name, score) in ways)
            {
                Array.Clear(answers);
                var started = ThreadClock.Now();
                score();
                if (turn >= 0)
                    seconds[name][turn] = (ThreadClock.Now() - started) / 1e9;
                expected ??= [.. answers];
                for (var i = 0; i < answers.Length; i++)
                {
                    if (Math.Abs(answers[i] - expected[i]) > 1e-5)
                        throw new InvalidOperationException($"'{name}' scores row {i / Classes} with {answers[i]} where another way has {expected[i]}.");
                }
            }
        }

        return seconds;
    }

    private static void ByHand(Module<Tensor, Tensor> module, Func<int, Tensor> batch, int rows, float[] answers)
    {
        using var none = no_grad();
        for (var at = 0; at < rows; at += Batch)
        {
            using var scope = NewDisposeScope();
            var scores = module.call(batch(at)).softmax(1);
            MemoryMarshal.Cast<byte, float>(scores.bytes).CopyTo(answers.AsSpan(at * Classes));
        }
    }

    private static void Through(IDataView scored, float[] answers)
    {
        var column = scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var get = cursor.GetGetter<VBuffer<float>>(column);
        var value = default(VBuffer<float>);
        for (var at = 0; cursor.MoveNext(); at += Classes)
        {
            get(ref value);
            value.GetValues().CopyTo(answers.AsSpan(at));
        }
    }

    private static TableRow Singles(string name, MLContext ml, ITransformer model, int count)
    {
        var options = new PredictionEngineOptions { OwnsTransformer = false };
        using var engine = ml.Model.CreatePredictionEngine<Row, Answer>(model, options);
        var (row, answer) = (new Row(), new Answer());
        for (var i = 0; i < count / 10; i++)
            engine.Predict(row, ref answer);
        var started = ThreadClock.Now();
        for (var i = 0; i < count; i++)
            engine.Predict(row, ref answer);
        return TableRow.Shown(name, count, count * 1e9 / (ThreadClock.Now() - started), "single predictions/s");
    }

    private static IDataView Cached(MLContext ml, float[] matrix, int rows)
    {
        var cached = ml.Data.Cache(ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(r => new Row { Features = matrix[(r * Slots)..((r + 1) * Slots)] })));
        // The first pass fills it.
        foreach (var _ in cached.GetColumn<float[]>("Features"))
        {
        }

        return cached;
    }

    private static ITransformer Reloaded(MLContext ml, ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return ml.Model.Load(stream, out _);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private sealed class Row
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = new float[Slots];
    }

    private sealed class Answer
    {
        public float[] Score { get; set; } = [];
    }
}
