using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>How far the logits of a cross-entropy lead.</summary>
internal static class LogitRows
{
    /// <summary>The share of rows whose loss is exactly 0 in the input's precision, and the median lead of the largest logit over the next.</summary>
    public static (double ZeroLossShare, double MedianMargin) Read(HostTensor input, ScalarType precision, Tensor target, LossIdentity loss, bool holdsIndices)
    {
        using var host = holdsIndices ? HostTensor.First(target, ScalarType.Int64, long.MaxValue) : null;
        var margins = new List<double>();
        long zeros = 0, judged = 0;
        // Exponentials whose sum is smaller than this are lost beside 1.
        var lost = precision switch
        {
            ScalarType.Float64 => Math.ScaleB(1, -53),
            ScalarType.Float16 => Math.ScaleB(1, -11),
            ScalarType.BFloat16 => Math.ScaleB(1, -8),
            _ => Math.ScaleB(1, -24),
        };
        RowReader.Each(input, RowReader.Dimension(input.Shape.Length), (row, at) =>
        {
            var (best, next, bestAt) = Leaders(row);
            if (!double.IsNaN(best - next) && row.Length > 1)
                margins.Add(best - next);
            if (host is null)
                return;
            var label = host.Longs[(int)at];
            if (label == loss.IgnoreIndex || label < 0 || label >= row.Length)
                return;
            judged++;
            zeros += loss.LabelSmoothing == 0 && label == bestAt && Rest(row, bestAt) <= lost ? 1 : 0;
        });
        margins.Sort();
        return (judged > 0 ? (double)zeros / judged : double.NaN, margins.Count > 0 ? margins[margins.Count / 2] : double.NaN);
    }

    private static (double Best, double Next, int BestAt) Leaders(ReadOnlySpan<float> row)
    {
        var (best, next, bestAt) = (double.NegativeInfinity, double.NegativeInfinity, 0);
        for (var c = 0; c < row.Length; c++)
        {
            if (row[c] > best)
                (next, best, bestAt) = (best, row[c], c);
            else if (row[c] > next)
                next = row[c];
        }

        return (best, next, bestAt);
    }

    private static double Rest(ReadOnlySpan<float> row, int best)
    {
        var sum = 0.0;
        for (var c = 0; c < row.Length; c++)
            sum += c == best ? 0 : Math.Exp((double)row[c] - row[best]);
        return sum;
    }
}
