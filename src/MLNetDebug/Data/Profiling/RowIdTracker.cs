namespace MLNetDebug.Data;

/// <summary>Compares the source's row ids with their neighbours and with the positions.</summary>
internal sealed class RowIdTracker
{
    private long _rows;
    private long _consecutive;
    private long _rising;
    private long _pairs;
    private long _maxDisplacement;
    private UInt128 _displacement;
    private UInt128 _first;
    private UInt128 _last;

    public void Add(UInt128 id, long position)
    {
        if (_rows == 0)
            _first = id;
        else
            Pair(_last, id);
        var distance = (ulong)UInt128.Min(id > (UInt128)position ? id - (UInt128)position : (UInt128)position - id, long.MaxValue);
        _maxDisplacement = Math.Max(_maxDisplacement, (long)distance);
        _displacement += distance;
        _last = id;
        _rows++;
    }

    /// <summary>Appends those of the rows that follow.</summary>
    public void Append(RowIdTracker later)
    {
        if (later._rows == 0)
            return;
        if (_rows > 0)
            Pair(_last, later._first);
        else
            _first = later._first;
        _rows += later._rows;
        _consecutive += later._consecutive;
        _rising += later._rising;
        _pairs += later._pairs;
        _maxDisplacement = Math.Max(_maxDisplacement, later._maxDisplacement);
        _displacement += later._displacement;
        _last = later._last;
    }

    public RowIdProfile ToProfile() => new()
    {
        Consecutive = _consecutive,
        Rising = _rising,
        Pairs = _pairs,
        MaxDisplacement = _maxDisplacement,
        MeanDisplacement = _rows == 0 ? 0 : (double)_displacement / _rows,
    };

    public void Write(BinaryWriter writer)
    {
        foreach (var number in (ReadOnlySpan<long>)[_rows, _consecutive, _rising, _pairs, _maxDisplacement])
            writer.Write(number);
        foreach (var wide in (ReadOnlySpan<UInt128>)[_displacement, _first, _last])
        {
            writer.Write((ulong)(wide >> 64));
            writer.Write((ulong)wide);
        }
    }

    public static RowIdTracker Read(BinaryReader reader)
    {
        UInt128 Wide() => new(reader.ReadUInt64(), reader.ReadUInt64());
        return new RowIdTracker
        {
            _rows = reader.ReadInt64(),
            _consecutive = reader.ReadInt64(),
            _rising = reader.ReadInt64(),
            _pairs = reader.ReadInt64(),
            _maxDisplacement = reader.ReadInt64(),
            _displacement = Wide(),
            _first = Wide(),
            _last = Wide(),
        };
    }

    private void Pair(UInt128 before, UInt128 after)
    {
        _pairs++;
        if (after > before)
            _rising++;
        if (after == before + 1)
            _consecutive++;
    }
}
