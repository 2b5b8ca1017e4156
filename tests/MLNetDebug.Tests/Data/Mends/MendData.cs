using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Data.Mends;

/// <summary>Small data for mends: row i has Id i.</summary>
internal static class MendData
{
    public sealed class Row
    {
        public int Id { get; set; }

        public string Label { get; set; } = string.Empty;

        public float X { get; set; }

        public int Whole { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }

    public static Row[] Rows(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Row
        {
            Id = i,
            Label = i % 3 == 0 ? "a" : "b",
            X = i == 2 ? float.NaN : i,
            Whole = i * 10,
            Features = [i, -i, 100 * i],
        }),
    ];

    public static IDataView View(MLContext ml, int count = 10) => ml.Data.LoadFromEnumerable(Rows(count));

    public static int[] Ids(IDataView data) => [.. data.GetColumn<int>("Id")];

    /// <summary>A trainer takes the mended view, shuffled or not.</summary>
    public static void AssertTrains(MLContext ml, IDataView data)
    {
        var model = ml.Regression.Trainers.OnlineGradientDescent("X", "Features", learningRate: 1e-6f, numberOfIterations: 2).Fit(ml.Data.FilterRowsByMissingValues(data, "X"));
        Assert.IsTrue(model.Transform(data).GetColumn<float>("Score").Any());
    }
}
