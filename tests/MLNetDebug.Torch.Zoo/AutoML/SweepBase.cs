using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>A base as the trainers of networks read it: standardised, two thirds of its rows to train on.</summary>
/// <param name="Id">Its name among <see cref="NetworkBases"/>, by which it has its split.</param>
/// <param name="Classes">Classes; 0 for a regression.</param>
/// <param name="Shape">Shape of a row.</param>
/// <param name="Table">Draws its rows in random order.</param>
internal sealed record SweepBase(string Id, int Classes, int[] Shape, Func<int, ZooTable> Table)
{
    public static readonly SweepBase Iris = new("iris", 3, [4], RealBases.Iris);
    public static readonly SweepBase BreastCancer = new("breast_cancer", 2, [30], RealBases.BreastCancer);
    public static readonly SweepBase Line = new("line", 0, [8], s => SyntheticBases.Regression("network-line", s, 1200, 8, 0.6));
    public static readonly SweepBase Blobs = new("blobs", 3, [1, 12, 12], s => OfDraw(ImageBases.Blobs(s)));
    public static readonly SweepBase Digits = new("digits", 10, [1, 8, 8], RealBases.Digits);
    public static readonly SweepBase Wine = new("wine", 3, [13], RealBases.Wine);
    public static readonly SweepBase Diabetes = new("diabetes", 0, [10], RealBases.Diabetes);

    public Split Split => NetworkBases.Named(Id).Split;

    /// <summary>Training rows, then rows to validate by.</summary>
    public (IDataView Train, IDataView Validation) Draw(int seed)
    {
        var table = Table(seed);
        var train = table.Rows * 2 / 3;
        float[][] columns = [.. table.Columns.Select(c => Standardised(c, train))];
        var label = Classes == 0 ? Standardised(table.Label, train) : table.Label;
        return (View(columns, label, 0..train), View(columns, label, train..table.Rows));
    }

    private static float[] Standardised(float[] values, int train)
    {
        var mean = values.Take(train).Average();
        var deviation = Math.Max(1e-6, Math.Sqrt(values.Take(train).Average(v => (v - mean) * (v - mean))));
        return [.. values.Select(v => (float)((v - mean) / deviation))];
    }

    private static ZooTable OfDraw(NetworkDraw draw)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (x, y) = (TorchSharp.torch.cat([draw.TrainX, draw.TestX]), TorchSharp.torch.cat([draw.TrainY, draw.TestY]));
        var columns = x.reshape(x.shape[0], -1).t().contiguous();
        return new ZooTable
        {
            Columns = [.. Enumerable.Range(0, (int)columns.shape[0]).Select(j => columns[j].data<float>().ToArray())],
            Label = [.. y.data<long>().Select(l => (float)l)],
            Classes = draw.Classes,
        };
    }

    private MemoryView View(float[][] columns, float[] label, Range rows)
    {
        var (first, count) = rows.GetOffsetAndLength(label.Length);
        var features = new MemoryColumn<VBuffer<float>>("Features", new VectorDataViewType(NumberDataViewType.Single, Shape), (long row, ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, columns.Length);
            for (var j = 0; j < columns.Length; j++)
                editor.Values[j] = columns[j][first + row];
            value = editor.Commit();
        });
        var labels = label.AsSpan(first, count).ToArray();
        return new MemoryView(count, features, Classes switch
        {
            0 => MemoryColumns.Of("Label", NumberDataViewType.Single, labels),
            2 => MemoryColumns.Of("Label", BooleanDataViewType.Instance, [.. labels.Select(l => l > 0)]),
            _ => MemoryColumns.Key("Label", [.. labels.Select(l => (uint)l + 1)], Classes),
        });
    }
}
