using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>A regression on real rows in three folds, one of which has labels that are NaN, as a missing cell gives them.</summary>
internal sealed class FoldedTask
{
    private const int FoldCount = 3;
    private const int MissingLabels = 3;

    private static readonly MLContext ML = new(1);

    private FoldedTask(string file, int target, int seed)
    {
        float[][] cells = [.. File.ReadLines(Repository.PathOf("samples", "QuickStart", "data", file)).Skip(1).Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
        var random = new Random(seed);
        random.Shuffle(cells);
        var columns = Enumerable.Range(0, cells[0].Length).Select(c => Standardised([.. cells.Select(r => r[c])])).ToArray();
        Row[] rows = [.. cells.Select((_, i) => new Row { Features = [.. columns.Where((_, c) => c != target).Select(c => c[i])], Label = columns[target][i] })];
        for (var i = 0; i < MissingLabels; i++)
            rows[random.Next(rows.Length / FoldCount)].Label = float.NaN;
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Length - 1);
        Folds = [.. Enumerable.Range(0, FoldCount).Select(f =>
        {
            Row[] held = [.. rows.Skip(f * rows.Length / FoldCount).Take(rows.Length / FoldCount)];
            Row[] train = [.. rows.Except(held)];
            return new Fold(train, held, ML.Data.LoadFromEnumerable(train, schema), ML.Data.LoadFromEnumerable(held, schema));
        })];
        Features = columns.Length - 1;
    }

    public int Features { get; }

    public IReadOnlyList<Fold> Folds { get; }

    /// <summary>The mean error of a constant answer over the folds.</summary>
    public double Constant => Folds.Average(f => f.Constant);

    /// <summary>One of the tasks, its rows shuffled by the seed: the alcohol of wines, or which tumours are malignant as a number.</summary>
    public static FoldedTask Of(int seed) => seed % 2 == 0 ? new("wine_data.csv", 0, seed) : new("breast_cancer.csv", 30, seed);

    private static float[] Standardised(float[] values)
    {
        var mean = values.Average();
        var deviation = MathF.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => (v - mean) / deviation)];
    }

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}

/// <summary>One fold.</summary>
internal sealed record Fold(FoldedTask.Row[] TrainRows, FoldedTask.Row[] HeldRows, IDataView Train, IDataView Held)
{
    /// <summary>The root mean squared error of the best constant answer on the held rows that have a label.</summary>
    public double Constant => HonestError([.. HeldRows.Select(_ => (float)HeldRows.Where(h => !float.IsNaN(h.Label)).Average(h => (double)h.Label))]);

    /// <summary>The root mean squared error on the held rows that have a label; one score that is not finite makes it NaN.</summary>
    public double HonestError(float[] scores) =>
        Math.Sqrt(HeldRows.Zip(scores).Where(p => !float.IsNaN(p.First.Label)).Average(p => float.IsFinite(p.Second) ? Math.Pow(p.First.Label - (double)p.Second, 2) : double.NaN));
}
