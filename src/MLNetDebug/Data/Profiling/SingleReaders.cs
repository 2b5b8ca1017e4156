using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Canonical floats: every NaN the same, -0 as 0.</summary>
internal static class Canonical
{
    public static float Of(float value) => float.IsNaN(value) ? float.NaN : value + 0f;

    public static double Of(double value) => double.IsNaN(value) ? double.NaN : value + 0d;

    public static void Copy(ReadOnlySpan<float> from, Span<float> to)
    {
        var nan = new Vector<float>(float.NaN);
        var whole = from.Length / Vector<float>.Count;
        var source = MemoryMarshal.Cast<float, Vector<float>>(from);
        var target = MemoryMarshal.Cast<float, Vector<float>>(to);
        for (var i = 0; i < whole; i++)
        {
            var values = source[i] + Vector<float>.Zero;
            target[i] = Vector.ConditionalSelect(Vector.Equals(values, values), values, nan);
        }

        for (var i = whole * Vector<float>.Count; i < from.Length; i++)
            to[i] = Of(from[i]);
    }
}

/// <summary>A column of one float per row.</summary>
internal sealed class SingleReader(ColumnPlan plan, DataViewSchema.Column column, DataViewRow row) : ColumnReader(plan)
{
    private readonly ValueGetter<float> _getter = row.GetGetter<float>(column);

    public override void Read(RowBlock block, int row)
    {
        float value = default;
        _getter(ref value);
        block.SinglesOf(row, Plan.Offset, 1)[0] = Canonical.Of(value);
    }
}

/// <summary>A vector of floats, dense or sparse.</summary>
internal sealed class SingleVectorReader(ColumnPlan plan, DataViewSchema.Column column, DataViewRow row) : ColumnReader(plan)
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _buffer;

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _buffer);
        VectorLength.Check(_buffer.Length, Plan);
        var cells = block.SinglesOf(row, Plan.Offset, Plan.Width);
        var values = _buffer.GetValues();
        if (_buffer.IsDense)
        {
            Canonical.Copy(values, cells);
            return;
        }

        cells.Clear();
        var slots = _buffer.GetIndices();
        for (var i = 0; i < values.Length; i++)
            cells[slots[i]] = Canonical.Of(values[i]);
    }
}

/// <summary>Checks that a row's vector is as long as the schema says.</summary>
internal static class VectorLength
{
    public static void Check(int length, ColumnPlan plan)
    {
        if (length != plan.Width)
            throw new InvalidDataException($"it has {length} values where the schema says {plan.Width}");
    }
}
