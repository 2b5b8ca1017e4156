using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using MLNetDebug.Torch.Trainers.Models;

namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>What a pass over the rows left out.</summary>
/// <param name="MissingLabels">Rows whose label is missing or not finite.</param>
/// <param name="MissingFeatures">Rows with a feature that is not finite.</param>
internal readonly record struct LeftOutRows(long MissingLabels, long MissingFeatures);

/// <summary>Takes rows from a view in one pass, and leaves out what ML.NET's own trainers leave out: rows whose label or features are missing.</summary>
internal static class RowReader
{
    private const int RowsBetweenChecks = 1024;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LeftOutRows Read(IDataView data, string features, string label, IReadOnlyList<long> shape, TorchTask task, RowStore into, CancellationToken token)
    {
        var (x, y) = (data.Schema[features], data.Schema[label]);
        using var cursor = data.GetRowCursor([x, y]);
        var row = Features(cursor, x, shape);
        var target = Target(cursor, y, task);
        VBuffer<float> values = default;
        var (labels, rows, seen) = (0L, 0L, 0);
        while (cursor.MoveNext())
        {
            if (++seen % RowsBetweenChecks == 0)
                token.ThrowIfCancellationRequested();
            var answer = target();
            if (!double.IsFinite(answer))
            {
                labels++;
                continue;
            }

            row(ref values);
            if (!IsFinite(values.GetValues()))
            {
                rows++;
                continue;
            }

            into.Append(values, answer);
        }

        return new LeftOutRows(labels, rows);
    }

    private static ValueGetter<VBuffer<float>> Features(DataViewRowCursor cursor, DataViewSchema.Column column, IReadOnlyList<long> shape)
    {
        if (column.Type is not ImageDataViewType)
            return cursor.GetGetter<VBuffer<float>>(column);
        var reader = new ImageReader(cursor, column, shape);
        var pixels = new float[checked((int)shape.Aggregate(1L, (a, b) => a * b))];
        return (ref VBuffer<float> row) =>
        {
            reader.Read(pixels);
            row = new VBuffer<float>(pixels.Length, pixels);
        };
    }

    /// <summary>The class counted from 0, 1 for true, or the number; NaN where it is missing.</summary>
    private static Func<double> Target(DataViewRowCursor cursor, DataViewSchema.Column label, TorchTask task) => task switch
    {
        TorchTask.BinaryClassification => Of<bool>(cursor, label, b => b ? 1 : 0),
        TorchTask.Regression => Of<float>(cursor, label, f => f),
        _ when label.Type.RawType == typeof(byte) => Of<byte>(cursor, label, k => Class(k)),
        _ when label.Type.RawType == typeof(ushort) => Of<ushort>(cursor, label, k => Class(k)),
        _ when label.Type.RawType == typeof(ulong) => Of<ulong>(cursor, label, k => Class(k)),
        _ => Of<uint>(cursor, label, k => Class(k)),
    };

    private static double Class(ulong key) => key == 0 ? double.NaN : key - 1;

    private static Func<double> Of<T>(DataViewRowCursor cursor, DataViewSchema.Column column, Func<T, double> read)
    {
        var getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return read(value);
        };
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                return false;
        }

        return true;
    }
}
