using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>A very wide vector of floats: its first slots go into the block of rows, the others into a lane of their own.</summary>
internal sealed class WideVectorReader(ColumnPlan plan, DataViewSchema.Column column, DataViewRow row, long firstRow) : ColumnReader(plan)
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _buffer;
    private long _position = firstRow;

    /// <summary>The moments of the later slots.</summary>
    public WideLane Lane { get; } = new(plan.Width - plan.LaneWidth);

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _buffer);
        VectorLength.Check(_buffer.Length, Plan);
        var values = _buffer.GetValues();
        var cells = block.SinglesOf(row, Plan.Offset, Plan.LaneWidth);
        ref var code = ref block.CodesOf(row, Plan.CodeOffset, 1)[0];
        code = 0;
        if (_buffer.IsDense)
        {
            Canonical.Copy(values[..Plan.LaneWidth], cells);
            Lane.AddDense(values[Plan.LaneWidth..], _position++);
            for (var slot = 0; slot < values.Length; slot++)
                code += Hash(slot, values[slot]);
            return;
        }

        var slots = _buffer.GetIndices();
        cells.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            code += Hash(slots[i], values[i]);
            if (slots[i] < Plan.LaneWidth)
                cells[slots[i]] = Canonical.Of(values[i]);
        }

        Lane.AddSparse(values, slots, Plan.LaneWidth, _position++);
    }

    /// <summary>Zeros give 0, so that the sum over a sparse row is that of its dense twin.</summary>
    private static ulong Hash(int slot, float value) =>
        value == 0 ? 0 : Mix.Hash(BitConverter.SingleToUInt32Bits(Canonical.Of(value)) | ((ulong)slot << 32));
}
