using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Zoo.Studies;

/// <summary>The rows that the sweeps of <see cref="SweepWorker"/> train on: breast cancer, each feature scaled to unit variance, half of them held out.</summary>
internal sealed class SweepRows
{
    private const int Features = 30;

    private SweepRows(SweepRow[] train, SweepRow[] validation) => (Train, Validation) = (train, validation);

    public SweepRow[] Train { get; }

    public SweepRow[] Validation { get; }

    public static SweepRows Load()
    {
        var all = ZooFiles.Numbers(ZooFiles.Shipped("breast_cancer.csv"), 1, ',');
        var scales = Enumerable.Range(0, Features).Select(c => (Mean: all.Average(r => r[c]), Deviation: Deviation([.. all.Select(r => r[c])]))).ToArray();
        var rows = all.Select(r => new SweepRow { Label = r[Features] > 0.5f, Features = [.. scales.Select((s, c) => (r[c] - s.Mean) / s.Deviation)] }).ToArray();
        new Random(1).Shuffle(rows);
        return new([.. rows.Take(rows.Length / 2)], [.. rows.Skip(rows.Length / 2)]);
    }

    private static float Deviation(float[] values) => MathF.Sqrt(values.Average(v => (v - values.Average()) * (v - values.Average())));
}

/// <summary>A row of <see cref="SweepRows"/>.</summary>
internal sealed class SweepRow
{
    public bool Label { get; set; }

    [VectorType(30)]
    public float[] Features { get; set; } = [];
}
