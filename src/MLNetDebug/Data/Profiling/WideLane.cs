namespace MLNetDebug.Data;

/// <summary>
/// Moments of the slots of one very wide vector column beyond those that stand in a block of rows. Sparse rows cost what they hold,
/// not what they could hold: zeros are counted by what is not there. Call <see cref="Finish"/> after the last row.
/// </summary>
internal sealed class WideLane(int width) : LaneMoments(width, width)
{
    private const int BufferedRows = 8;

    private readonly int _rowStride = (width + System.Numerics.Vector<float>.Count - 1) / System.Numerics.Vector<float>.Count * System.Numerics.Vector<float>.Count;
    private SparseSlot[]? _sparse;
    private long _sparseRows;
    private SingleLane? _dense;
    private float[] _buffer = [];
    private int _buffered;
    private long _denseRows;
    private long _bufferPosition;

    /// <summary>Takes a row in which only some slots are given.</summary>
    /// <param name="values">Canonical values.</param>
    /// <param name="slots">Their slots, ascending, counted from <paramref name="firstSlot"/>.</param>
    /// <param name="firstSlot">The column's slot that is slot 0 here; earlier ones are left out.</param>
    /// <param name="position">The row's position.</param>
    public void AddSparse(ReadOnlySpan<float> values, ReadOnlySpan<int> slots, int firstSlot, long position)
    {
        FlushDense();
        _sparse ??= new SparseSlot[Width];
        for (var i = 0; i < values.Length; i++)
        {
            var slot = slots[i] - firstSlot;
            if (slot < 0 || values[i] == 0)
                continue;
            var value = Canonical.Of(values[i]);
            _sparse[slot].Add(value, _sparseRows);
            if (!float.IsFinite(value))
                CountNonFinite(slot, value, position);
        }

        _sparseRows++;
    }

    /// <summary>Takes a row in which all slots are given.</summary>
    public void AddDense(ReadOnlySpan<float> values, long position)
    {
        _dense ??= new SingleLane(Width, _rowStride);
        if (_buffer.Length == 0)
            _buffer = new float[BufferedRows * _rowStride];
        if (_buffered == 0)
            _bufferPosition = position;
        Canonical.Copy(values, _buffer.AsSpan(_buffered * _rowStride, Width));
        if (++_buffered == BufferedRows)
            FlushDense();
    }

    /// <summary>Turns what was gathered into moments; no row may follow.</summary>
    public void Finish()
    {
        FlushDense();
        if (_dense is not null)
            Append(_dense, adjacent: false);
        if (_sparse is not null)
            AppendSparse(_sparse);
        (_dense, _sparse, _buffer) = (null, null, []);
    }

    private void CountNonFinite(int slot, float value, long position)
    {
        ref var moments = ref Slots[slot];
        if (float.IsNaN(value))
        {
            moments.Missing++;
            NoteMissing(slot, position);
            return;
        }

        moments.PositiveInfinities += value > 0 ? 1 : 0;
        moments.NegativeInfinities += value < 0 ? 1 : 0;
        NoteInfinite(slot, position);
    }

    private void FlushDense()
    {
        if (_buffered == 0)
            return;
        _dense!.Add(_buffer.AsSpan(0, _buffered * _rowStride), _buffered, _bufferPosition);
        _denseRows += _buffered;
        _buffered = 0;
    }

    private void AppendSparse(SparseSlot[] sparse)
    {
        for (var slot = 0; slot < Width; slot++)
        {
            var moments = sparse[slot].ToMoments(_sparseRows);
            Slots[slot].Append(in moments, adjacent: false, empty: _denseRows == 0);
            // Where both kinds of row were mixed, neither end is known to be that of the whole.
            if (_denseRows > 0)
                (Slots[slot].First, Slots[slot].Last) = (double.NaN, double.NaN);
        }

        Rows += _sparseRows;
    }
}
