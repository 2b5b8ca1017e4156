using MLNetDebug.Zoo.Data;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>Rows turned into tensors.</summary>
internal static class Draws
{
    /// <summary>A table's first rows for training and the others held out; columns, and targets of a regression, standardised by the training rows.</summary>
    public static NetworkDraw OfTable(ZooTable table, int train) => Of(
        NetworkDataKind.Table,
        [table.Columns.Length],
        [.. Enumerable.Range(0, table.Rows).Select(i => table.Columns.Select(c => c[i]).ToArray())],
        table.Label,
        table.Classes,
        train).Standardised();

    /// <summary>Rows as they are, the first ones for training.</summary>
    public static NetworkDraw Of(NetworkDataKind kind, int[] shape, float[][] rows, float[] labels, int classes, int train, int vocabulary = 0)
    {
        long[] sizes = [rows.Length, .. shape.Select(s => (long)s)];
        var x = tensor(rows.SelectMany(r => r).ToArray()).reshape(sizes);
        if (kind == NetworkDataKind.Tokens)
            x = x.to_type(ScalarType.Int64);
        var y = classes > 0 ? tensor(labels.Select(l => (long)l).ToArray()) : tensor(labels).unsqueeze(1);
        var (first, rest) = (TensorIndex.Slice(0, train), TensorIndex.Slice(train));
        return new NetworkDraw { Kind = kind, TrainX = x[first], TrainY = y[first], TestX = x[rest], TestY = y[rest], Classes = classes, Vocabulary = vocabulary };
    }

    /// <summary>Zero mean and unit variance by the training rows; columns of one value stay at 0.</summary>
    public static NetworkDraw Standardised(this NetworkDraw draw)
    {
        var inputs = draw.WithInputs(ByTrainingRows(draw.TrainX));
        return draw.Classes > 0 ? inputs : inputs.WithTargets(ByTrainingRows(draw.TrainY));
    }

    private static Func<Tensor, Tensor> ByTrainingRows(Tensor train)
    {
        var (mean, deviation) = (train.mean([0L], keepdim: true), train.std(0L, unbiased: false, keepdim: true).clamp(min: 1e-6));
        return x => (x - mean) / deviation;
    }
}
