using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Tests.Trainers;

/// <summary>Small tables with a label of each kind.</summary>
internal static class Tables
{
    public static MLContext ML { get; } = new(1);

    /// <summary>Three classes in five features.</summary>
    public static IDataView Classes(int rows = 600, int seed = 1) => Keyed(Draw(rows, seed));

    /// <summary>Two classes.</summary>
    public static IDataView Two(int rows = 600, int seed = 1) => ML.Data.LoadFromEnumerable(Draw(rows, seed).Select(r => new TwoRow { Features = r.Features, Label = r.Class == 0 }));

    /// <summary>A number.</summary>
    public static IDataView Numbers(int rows = 600, int seed = 1, float shift = 0) =>
        ML.Data.LoadFromEnumerable(Draw(rows, seed).Select(r => new NumberRow { Features = r.Features, Label = shift + r.Features[0] - (2 * r.Features[1]) }));

    public static IDataView Keyed<T>(IEnumerable<T> rows)
        where T : class
    {
        var view = ML.Data.LoadFromEnumerable(rows);
        return ML.Transforms.Conversion.MapValueToKey("Label", nameof(ClassRow.Class), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(view).Transform(view);
    }

    public static ClassRow[] Draw(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            var label = random.Next(3);
            return new ClassRow { Class = label, Features = [.. Enumerable.Range(0, 5).Select(j => (float)((random.NextDouble() * 2) - 1 + (j == label ? 1.5 : 0)))] };
        })];
    }

    internal sealed class ClassRow
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];

        public int Class { get; set; }
    }

    internal sealed class SparseRow
    {
        [VectorType(5)]
        public VBuffer<float> Features { get; set; }

        public int Class { get; set; }
    }

    internal sealed class TwoRow
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    internal sealed class NumberRow
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
