using System.Globalization;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>Something to sweep over: a network, an optimizer and real rows.</summary>
internal sealed class SweepTask
{
    private static readonly MLContext ML = new(1);

    private SweepTask(string name, TorchNetwork network, TorchOptimizer optimizer, int epochs, Row[] rows, int side, int training)
    {
        (Name, Network, Optimizer, Epochs) = (name, network, optimizer, epochs);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, side, side);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), 10);
        // Rows stand in the order of their writers: they are shuffled once.
        new Random(1).Shuffle(rows);
        (Train, Validation) = (ML.Data.LoadFromEnumerable(rows[..training], schema), ML.Data.LoadFromEnumerable(rows[training..], schema));
    }

    public string Name { get; }

    public TorchNetwork Network { get; }

    public TorchOptimizer Optimizer { get; }

    public int Epochs { get; }

    public IDataView Train { get; }

    public IDataView Validation { get; }

    /// <summary>Tasks that the search's own numbers may be set on: other networks than those it is judged by.</summary>
    public static IEnumerable<Func<SweepTask>> Calibrate()
    {
        yield return () => new("digits-tanh", TanhMlp, TorchOptimizer.Sgd, 20, Digits(), 8, 1200);
        yield return () => new("digits-cnn-norm", NormalisedCnn, TorchOptimizer.AdamW, 10, Digits(), 8, 1200);
        yield return () => new("digits-wide", WideMlp, TorchOptimizer.Sgd, 20, Digits(), 8, 1200);
    }

    /// <summary>The tasks that the sweep is judged by; the last one needs rows that are not part of the project, in <c>shared/data</c> beside it, and is left out where they are absent.</summary>
    public static IEnumerable<Func<SweepTask>> All(bool isQuick)
    {
        yield return () => new("digits-cnn", Cnn, TorchOptimizer.Sgd, 20, Digits(), 8, 1200);
        yield return () => new("digits-mlp", NormalisedMlp, TorchOptimizer.Adam, 20, Digits(), 8, 1200);
        if (File.Exists(Mnist("images-idx3")) && !isQuick)
            yield return () => new("mnist-mlp", Mlp, TorchOptimizer.AdamW, 6, MnistRows(), 28, 7000);
    }

    /// <summary>The trainer that trials differ from in rate, batch size and seed.</summary>
    /// <param name="guard">How each is watched; null for not at all.</param>
    public TorchTrainer Trainer(TrainingGuardOptions? guard) =>
        ML.MulticlassClassification.Trainers.Torch(Network, new() { Optimizer = Optimizer, Epochs = Epochs, Guard = guard, Check = null });

    public SweepOptions Options(int seed) => new() { Metric = SweepMetric.Accuracy, Epochs = Epochs, Seed = seed };

    private static TorchNetwork Cnn { get; } = new("sweep-cnn", (_, classes) => Sequential(
        Conv2d(1, 16, 3, padding: 1), ReLU(), MaxPool2d(2), Conv2d(16, 32, 3, padding: 1), ReLU(), Flatten(), Linear(32 * 16, classes)));

    private static TorchNetwork NormalisedMlp { get; } = new("sweep-mlp-norm", (_, classes) => Sequential(
        Flatten(), Linear(64, 64), BatchNorm1d(64), ReLU(), Linear(64, 64), BatchNorm1d(64), ReLU(), Linear(64, classes)));

    private static TorchNetwork TanhMlp { get; } = new("sweep-tanh", (_, classes) => Sequential(Flatten(), Linear(64, 48), Tanh(), Linear(48, 48), Tanh(), Linear(48, classes)));

    private static TorchNetwork WideMlp { get; } = new("sweep-wide", (_, classes) => Sequential(Flatten(), Linear(64, 256), ReLU(), Dropout(0.2), Linear(256, classes)));

    private static TorchNetwork NormalisedCnn { get; } = new("sweep-cnn-norm", (_, classes) => Sequential(
        Conv2d(1, 16, 3, padding: 1), BatchNorm2d(16), ReLU(), MaxPool2d(2), Flatten(), Linear(16 * 16, classes)));

    private static TorchNetwork Mlp { get; } = new("sweep-mlp", (_, classes) => Sequential(Flatten(), Linear(784, 128), ReLU(), Linear(128, classes)));

    private static Row[] Digits() =>
        [.. File.ReadLines(Repository.PathOf("samples", "QuickStart", "data", "digits.csv"))
            .Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray())
            .Select(c => new Row { Features = [.. c[..64].Select(v => v / 16)], Label = (uint)c[64] + 1 })];

    private static Row[] MnistRows()
    {
        var (pixels, labels) = (Unzipped(Mnist("images-idx3"))[16..], Unzipped(Mnist("labels-idx1"))[8..]);
        return [.. labels.Select((label, i) => new Row { Features = [.. pixels.AsSpan(i * 784, 784).ToArray().Select(p => p / 255f)], Label = (uint)label + 1 })];
    }

    private static string Mnist(string part) => Path.Combine(Repository.Root, "..", "shared", "data", $"mnist-t10k-{part}-ubyte.gz");

    private static byte[] Unzipped(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
