using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>Rows with a target that a linear model learns.</summary>
internal sealed class Row
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public bool IsPositive { get; set; }
}

internal static class Rows
{
    public static IDataView Draw(MLContext ml, int count, int seed, Action<Row, int>? change = null)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, count).Select(i =>
        {
            var features = Enumerable.Range(0, 4).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
            var target = (2 * features[0]) - features[1] + (float)(random.NextDouble() * 0.1);
            var row = new Row { Features = features, Label = target, IsPositive = target > 0 };
            change?.Invoke(row, i);
            return row;
        }).ToArray();
        return ml.Data.LoadFromEnumerable(rows);
    }
}
