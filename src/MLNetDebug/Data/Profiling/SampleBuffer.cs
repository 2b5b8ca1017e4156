namespace MLNetDebug.Data;

/// <summary>
/// The sample while it grows. A row belongs to level L if the lowest L bits of its hashed position are zero; the level is the least
/// at which no more than the bound belong, so that it depends on nothing but the rows.
/// </summary>
internal sealed class SampleBuffer
{
    /// <summary>Sampled cells aimed at: 30 MB of floats.</summary>
    private const int CellBudget = 7_500_000;

    /// <summary>At least so many rows, however wide.</summary>
    private const int MinRows = 2_000;

    private readonly List<int> _chosen = [];
    private long[] _positions = [];
    private float[]? _labels;

    public SampleBuffer(RowLayout layout, bool hasLabel)
    {
        Slots = SampledSlot.Choose(layout);
        Bound = Math.Clamp(CellBudget / Math.Max(1, Slots.Count), MinRows, DataSample.MaxRows);
        if (hasLabel)
            _labels = [];
    }

    /// <summary>The sampled slots, in schema order then slot order.</summary>
    public IReadOnlyList<SampledSlot> Slots { get; }

    /// <summary>At most so many rows.</summary>
    public int Bound { get; }

    public int Level { get; private set; }

    public int Count { get; private set; }

    /// <summary>Whether a position belongs to a level.</summary>
    public static bool Belongs(long position, int level) => (Mix.Hash((ulong)position) & ((1UL << level) - 1)) == 0;

    /// <summary>Starts at a level that so many rows reach for certain, which saves filling and thinning.</summary>
    public void Expect(long rows)
    {
        // Six standard deviations of the number of rows that hash into a level.
        while (Level < 62 && (rows >> Level) > Bound + (6 * Math.Sqrt(Bound)))
            Level++;
        var expected = rows >> Level;
        Resize((int)Math.Min(Bound, Level == 0 ? rows : expected + (long)(6 * Math.Sqrt(expected))));
    }

    /// <summary>Takes the rows of a block that belong to the sample.</summary>
    public void Add(RowBlock block, RowLayout layout, long firstPosition)
    {
        _chosen.Clear();
        for (var row = 0; row < block.Count; row++)
        {
            if (Belongs(firstPosition + row, Level))
                _chosen.Add(row);
        }

        while (Count + _chosen.Count > Bound)
        {
            Level++;
            Thin();
            _chosen.RemoveAll(row => !Belongs(firstPosition + row, Level));
        }

        Reserve(Count + _chosen.Count);
        foreach (var row in _chosen)
        {
            _positions[Count] = firstPosition + row;
            if (_labels is not null)
                _labels[Count] = (float)block.Labels[row];
            Count++;
        }

        var start = Count - _chosen.Count;
        foreach (var slot in Slots)
            slot.Take(block, layout, _chosen, start);
    }

    /// <summary>Appends the sample of the rows that follow.</summary>
    public void Append(SampleBuffer later)
    {
        Raise(Math.Max(Level, later.Level));
        later.Raise(Level);
        var total = Count + later.Count;
        Reserve(total);
        later._positions.AsSpan(0, later.Count).CopyTo(_positions.AsSpan(Count));
        if (_labels is not null)
            later._labels.AsSpan(0, later.Count).CopyTo(_labels.AsSpan(Count));
        for (var i = 0; i < Slots.Count; i++)
            Slots[i].Append(later.Slots[i], Count, later.Count);
        Count = total;
        while (Count > Bound)
            Raise(Level + 1);
    }

    /// <summary>Numbers the labels anew.</summary>
    public void RecodeLabels(Func<double, double> map)
    {
        for (var i = 0; i < Count && _labels is not null; i++)
        {
            if (!float.IsNaN(_labels[i]))
                _labels[i] = (float)map(_labels[i]);
        }
    }

    public void Write(BinaryWriter writer)
    {
        Trim();
        writer.Write(Level);
        BinaryArrays.Write<long>(writer, _positions);
        if (_labels is not null)
            BinaryArrays.Write<float>(writer, _labels);
        foreach (var slot in Slots)
            slot.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote into a sample of the same layout.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="firstRow">Position of the data set's first row.</param>
    /// <param name="rowCount">Its rows.</param>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public void Read(BinaryReader reader, long firstRow, long rowCount)
    {
        Level = reader.ReadInt32();
        _positions = BinaryArrays.Read<long>(reader);
        Count = _positions.Length;
        if (Level is < 0 or > 62 || Count > Bound)
            throw new InvalidDataException("A saved profile holds a sample that is larger than a sample can be.");
        for (var i = 0; i < Count; i++)
        {
            if (_positions[i] < firstRow || _positions[i] - firstRow >= rowCount || (i > 0 && _positions[i] <= _positions[i - 1]))
                throw new InvalidDataException("A saved profile holds sampled rows that its data set does not have.");
        }

        if (_labels is not null)
        {
            _labels = BinaryArrays.Read<float>(reader);
            if (_labels.Length != Count)
                throw new InvalidDataException("A saved profile holds a sample whose labels and rows differ in number.");
        }

        foreach (var slot in Slots)
            slot.Read(reader, Count);
    }

    /// <summary>Cuts every array to the rows there are.</summary>
    public void Trim()
    {
        if (_positions.Length != Count)
            Resize(Count);
    }

    /// <summary>The arrays themselves; call <see cref="Trim"/> first.</summary>
    public (long[] Positions, float[]? Labels) Arrays() => (_positions, _labels);

    private void Raise(int level)
    {
        if (level == Level)
            return;
        Level = level;
        Thin();
    }

    /// <summary>Drops, in place, the rows that do not belong to the level.</summary>
    private void Thin()
    {
        var kept = new int[Count];
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            if (Belongs(_positions[i], Level))
                kept[count++] = i;
        }

        var rows = kept.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            _positions[i] = _positions[rows[i]];
            if (_labels is not null)
                _labels[i] = _labels[rows[i]];
        }

        foreach (var slot in Slots)
            slot.Keep(rows);
        Count = count;
    }

    private void Reserve(int rows)
    {
        if (rows <= _positions.Length)
            return;
        Resize(Growth.Next(_positions.Length, rows, Bound));
    }

    private void Resize(int capacity)
    {
        Growth.Resize(ref _positions, capacity, Count);
        if (_labels is not null)
            Growth.Resize(ref _labels, capacity, Count);
        foreach (var slot in Slots)
            slot.Resize(capacity, Count);
    }
}
