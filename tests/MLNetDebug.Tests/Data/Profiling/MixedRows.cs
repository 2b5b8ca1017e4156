using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Data;

/// <summary>Rows with a column of most kinds, made from a seed.</summary>
internal static class MixedRows
{
    public static readonly DateTime Start = new(2024, 1, 1);

    public static Row[] Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Row
        {
            Vector = [random.Next(40) == 0 ? float.NaN : random.NextSingle() - 0.5f, random.Next(3), 5f],
            Number = random.Next(50) == 0 ? double.NegativeInfinity : 1e6 + random.NextDouble(),
            Flag = random.Next(2) == 0,
            Whole = random.NextInt64(),
            Text = random.Next(10) == 0 ? string.Empty : "t" + random.Next(5),
            Date = Start.AddHours(i),
            Words = ["a", random.Next(2) == 0 ? "b" : string.Empty],
            Label = random.Next(25) == 0 ? string.Empty : ((char)('a' + random.Next(4))).ToString(),
        })];
    }

    public static IDataView View(IEnumerable<Row> rows) => new MLContext(1).Data.LoadFromEnumerable(rows);

    public sealed class Row
    {
        [VectorType(3)]
        public float[] Vector { get; set; } = [];

        public double Number { get; set; }

        public bool Flag { get; set; }

        public long Whole { get; set; }

        public string Text { get; set; } = string.Empty;

        public DateTime Date { get; set; }

        [VectorType(2)]
        public string[] Words { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }
}
