using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Pipeline;

/// <summary>Small data that every pipeline test can train on.</summary>
internal static class PipelineData
{
    public sealed class Row
    {
        public bool Label { get; set; }

        public float A { get; set; }

        public float B { get; set; }

        public string Kind { get; set; } = string.Empty;

        public float Target { get; set; }
    }

    public sealed class Prediction
    {
        [ColumnName("PredictedLabel")]
        public bool Predicted { get; set; }

        public float Score { get; set; }
    }

    public static Row[] Rows(int count = 300, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var label = random.NextDouble() < 0.5;
                var a = (float)(random.NextDouble() + (label ? 0.6 : 0));
                var b = (float)random.NextDouble();
                return new Row { Label = label, A = a, B = b, Kind = random.Next(3) switch { 0 => "red", 1 => "green", _ => "blue" }, Target = (2 * a) - b + (float)(random.NextDouble() * 0.1) };
            }),
        ];
    }

    public static IDataView View(MLContext ml, int count = 300, int seed = 1) => ml.Data.LoadFromEnumerable(Rows(count, seed));

    public static IEstimator<ITransformer> Concatenate(MLContext ml) => ml.Transforms.Concatenate("Features", "A", "B");
}
