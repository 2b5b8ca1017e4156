namespace MLNetDebug.Data;

/// <summary>The sampled values of one slot while the sample grows. One of the arrays is there.</summary>
internal sealed class SampledSlot
{
    private float[]? _singles;
    private double[]? _doubles;
    private ulong[]? _codes;

    private SampledSlot(ColumnPlan column, int slot)
    {
        (Column, Slot) = (column, slot);
        if (column.Kind == ColumnKind.Text)
            _codes = [];
        else if (column.Lane == Lane.Single)
            _singles = [];
        else
            _doubles = [];
    }

    public ColumnPlan Column { get; }

    public int Slot { get; }

    /// <summary>The first slots over the columns that are sampled, in schema order.</summary>
    public static IReadOnlyList<SampledSlot> Choose(RowLayout layout) =>
    [
        .. layout.Columns
            .Where(c => c.Role is ColumnRole.Feature or ColumnRole.Group or ColumnRole.Time && c.Lane != Lane.None)
            .SelectMany(c => Enumerable.Range(0, c.LaneWidth).Select(slot => new SampledSlot(c, slot)))
            .Take(DataSample.MaxSlots),
    ];

    public void Take(RowBlock block, RowLayout layout, List<int> rows, int start)
    {
        if (_singles is not null)
        {
            var (cells, stride, offset) = (block.Singles, layout.SingleStride, Column.Offset + Slot);
            for (var i = 0; i < rows.Count; i++)
                _singles[start + i] = cells[(rows[i] * stride) + offset];
        }
        else if (_doubles is not null)
        {
            var (cells, stride, offset) = (block.Doubles, layout.DoubleStride, Column.Offset + Slot);
            for (var i = 0; i < rows.Count; i++)
                _doubles[start + i] = cells[(rows[i] * stride) + offset];
        }
        else
        {
            var (cells, stride, offset) = (block.Codes, layout.Codes, Column.CodeOffset + Slot);
            for (var i = 0; i < rows.Count; i++)
                _codes![start + i] = cells[(rows[i] * stride) + offset];
        }
    }

    public void Resize(int capacity, int count)
    {
        if (_singles is not null)
            Growth.Resize(ref _singles, capacity, count);
        else if (_doubles is not null)
            Growth.Resize(ref _doubles, capacity, count);
        else
            Growth.Resize(ref _codes!, capacity, count);
    }

    public void Keep(ReadOnlySpan<int> rows)
    {
        Keep(_singles, rows);
        Keep(_doubles, rows);
        Keep(_codes, rows);
    }

    public void Append(SampledSlot later, int count, int laterCount)
    {
        Copy(later._singles, _singles, count, laterCount);
        Copy(later._doubles, _doubles, count, laterCount);
        Copy(later._codes, _codes, count, laterCount);
    }

    /// <summary>The sample's column; the arrays must be cut to the rows there are.</summary>
    public SampleColumn ToColumn(IReadOnlyDictionary<ulong, string>? texts) => new()
    {
        Column = Column.Name,
        Slot = Slot,
        Kind = Column.Kind,
        Role = Column.Role,
        Subject = Column.SubjectOf(Slot),
        Singles = _singles,
        Doubles = _doubles,
        Codes = _codes,
        Texts = texts,
    };

    public void Write(BinaryWriter writer)
    {
        if (_singles is not null)
            BinaryArrays.Write<float>(writer, _singles);
        else if (_doubles is not null)
            BinaryArrays.Write<double>(writer, _doubles);
        else
            BinaryArrays.Write<ulong>(writer, _codes!);
    }

    public void Read(BinaryReader reader, int count)
    {
        var length = reader.ReadInt32();
        if (length != count)
            throw new InvalidDataException($"A saved profile holds {length} sampled values of a slot where it has {count} sampled rows.");
        if (_singles is not null)
            _singles = BinaryArrays.Read<float>(reader, length);
        else if (_doubles is not null)
            _doubles = BinaryArrays.Read<double>(reader, length);
        else
            _codes = BinaryArrays.Read<ulong>(reader, length);
    }

    private static void Keep<T>(T[]? values, ReadOnlySpan<int> rows)
    {
        if (values is null)
            return;
        for (var i = 0; i < rows.Length; i++)
            values[i] = values[rows[i]];
    }

    private static void Copy<T>(T[]? from, T[]? to, int start, int count)
    {
        if (from is not null && to is not null)
            Array.Copy(from, 0, to, start, count);
    }
}
