using System.Buffers;
using System.Numerics.Tensors;
using MLNetDebug.Torch.Networks.Profiling;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Reads a tensor as rows over classes. Of many rows some are read, evenly spread over what lies in memory.</summary>
internal static class RowReader
{
    /// <summary>Elements that are looked at, at most.</summary>
    public const long MaxElements = 1_000_000;

    private const long MaxRows = 4096;

    /// <summary>Takes one row of classes; <paramref name="target"/> is its place in a tensor of the same shape without the dimension of the classes.</summary>
    public delegate void Visit(ReadOnlySpan<float> row, long target);

    /// <summary>The dimension of the classes, for losses that have one.</summary>
    public static int Dimension(int rank) => rank > 1 ? 1 : 0;

    /// <param name="t">The tensor.</param>
    /// <param name="all">Its elements, where not all of them were brought here.</param>
    /// <param name="dimension">The dimension of the classes.</param>
    /// <param name="skipZeroRows">Whether rows of nothing but 0 are left out: padding of a target.</param>
    public static DistributionFacts? Facts(HostTensor t, long all, int dimension, bool skipZeroRows = false)
    {
        if (t.Shape.Length == 0 || t.Floats.Length == 0)
            return null;
        double sumError = double.NaN, logSumExp = double.NaN, min = double.NaN, max = double.NaN;
        long zeros = 0, edges = 0, seen = 0;
        Each(t, dimension, (row, _) =>
        {
            var (sum, lse, least, most) = Sums(row);
            // A row that holds NaN or infinity says nothing; minus infinity is a class that cannot be.
            if (double.IsNaN(lse) || double.IsPositiveInfinity(lse) || (skipZeroRows && least == 0 && most == 0))
                return;
            sumError = Larger(sumError, Math.Abs(sum - 1));
            logSumExp = Larger(logSumExp, Math.Abs(lse));
            (min, max) = (double.IsNaN(min) ? least : Math.Min(min, least), Larger(max, most));
            seen += row.Length;
            foreach (var x in row)
            {
                zeros += x == 0 ? 1 : 0;
                edges += Math.Abs(x) > 0.99f ? 1 : 0;
            }
        });
        return new()
        {
            Dimension = dimension,
            Classes = t.Shape[dimension],
            Rows = all / t.Shape[dimension],
            MaxSumError = sumError,
            MaxLogSumExp = logSumExp,
            Min = min,
            Max = max,
            ZeroShare = seen > 0 ? (double)zeros / seen : double.NaN,
            EdgeShare = seen > 0 ? (double)edges / seen : double.NaN,
        };
    }

    public static void Each(HostTensor t, int dimension, Visit visit)
    {
        var values = t.Floats;
        if (t.Shape.Length == 0 || values.Length == 0)
            return;
        var classes = (int)t.Shape[dimension];
        // Elements of one class that follow each other: what stands behind the dimension of the classes.
        var inner = 1L;
        foreach (var size in t.Shape.AsSpan(dimension + 1))
            inner *= size;
        var rows = values.Length / classes;
        var read = Math.Clamp(Math.Min(MaxRows, MaxElements / classes), 1, rows);
        var row = ArrayPool<float>.Shared.Rent(classes);
        try
        {
            for (var i = 0L; i < read; i++)
            {
                var at = i * rows / read;
                var start = (int)((at / inner * inner * classes) + (at % inner));
                for (var c = 0; inner > 1 && c < classes; c++)
                    row[c] = values[(int)(start + (c * inner))];
                visit(inner > 1 ? row.AsSpan(0, classes) : values.Slice(start, classes), at);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(row);
        }
    }

    private static (double Sum, double LogSumExp, double Min, double Max) Sums(ReadOnlySpan<float> row)
    {
        var (min, max) = (TensorPrimitives.Min(row), TensorPrimitives.Max(row));
        if (!float.IsFinite(max))
            return (double.NaN, double.NaN, min, max);
        var scratch = ArrayPool<float>.Shared.Rent(row.Length);
        var exps = scratch.AsSpan(0, row.Length);
        TensorPrimitives.Subtract(row, max, exps);
        TensorPrimitives.Exp(exps, exps);
        var lse = max + Math.Log(TensorPrimitives.Sum<float>(exps));
        ArrayPool<float>.Shared.Return(scratch);
        return (TensorPrimitives.Sum(row), lse, min, max);
    }

    private static double Larger(double a, double b) => double.IsNaN(a) ? b : Math.Max(a, b);
}
