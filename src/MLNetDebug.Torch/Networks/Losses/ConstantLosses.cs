using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>The loss of the best constant answer: what a network without any weights but the biases of its last layer could reach on the batch.</summary>
internal static class ConstantLosses
{
    public static double Of(LossIdentity loss, Tensor target, TensorFacts facts, LabelTally? labels)
    {
        if (labels is not null)
            return labels.Entropy(loss.LabelSmoothing);
        if (facts.Count == 0 || facts.NonFinite > 0 || facts.Rank == 0 || loss.Weight is not null || loss.PositiveWeight is not null)
            return double.NaN;
        return loss.Kind switch
        {
            LossKind.CrossEntropy when facts is { Rank: > 1, Min: >= 0 } => OfShares(target, loss.LabelSmoothing),
            LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits when facts is { Min: >= 0, Max: <= 1 } => OfColumns(target, Binary),
            LossKind.MeanSquaredError when facts.Shape[0] > 1 => OfColumns(target, Variance),
            LossKind.AbsoluteError when facts.Shape[0] > 1 => OfColumns(target, Deviation),
            _ => double.NaN,
        };
    }

    /// <summary>Entropy of shares, in nats; they need not sum to 1, what is measured is the cross-entropy of the best answer that does.</summary>
    public static double Entropy(double[] shares)
    {
        var all = shares.Sum();
        return -shares.Where(s => s > 0).Sum(s => s * Math.Log(s / all));
    }

    private static double OfShares(Tensor target, double smoothing)
    {
        using var host = HostTensor.First(target, ScalarType.Float32, RowReader.MaxElements);
        var shares = new double[host.Shape[1]];
        var rows = 0L;
        RowReader.Each(host, 1, (row, _) =>
        {
            rows++;
            for (var c = 0; c < row.Length; c++)
                shares[c] += ((1 - smoothing) * row[c]) + (smoothing / row.Length);
        });
        return Entropy([.. shares.Select(s => s / rows)]);
    }

    private static double OfColumns(Tensor target, Func<float[], double> loss)
    {
        using var host = HostTensor.First(target, ScalarType.Float32, RowReader.MaxElements);
        var values = host.Floats;
        var rows = (int)host.Shape[0];
        // One row is its own best constant.
        if (rows < 2)
            return double.NaN;
        var columns = values.Length / rows;
        var column = new float[rows];
        var sum = 0.0;
        for (var c = 0; c < columns; c++)
        {
            for (var r = 0; r < rows; r++)
                column[r] = values[(r * columns) + c];
            sum += loss(column);
        }

        return sum / columns;
    }

    private static double Binary(float[] column)
    {
        var mean = column.Average(x => (double)x);
        return Entropy([mean, 1 - mean]);
    }

    private static double Variance(float[] column)
    {
        var moments = new Moments();
        moments.Add<float>(column);
        return moments.StandardDeviation * moments.StandardDeviation;
    }

    private static double Deviation(float[] column)
    {
        Array.Sort(column);
        var median = (double)column[column.Length / 2];
        return column.Average(x => Math.Abs(x - median));
    }
}
