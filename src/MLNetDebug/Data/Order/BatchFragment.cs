namespace MLNetDebug.Data;

/// <summary>Class counts of one batch, or of the part of it that was seen.</summary>
internal sealed class BatchFragment(long start)
{
    private int[] _counts = new int[16];
    private int[] _classes = new int[16];
    private int _distinct;

    /// <summary>Position of its first row.</summary>
    public long Start { get; private set; } = start;

    /// <summary>Rows seen.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows with a label.</summary>
    public int Labelled { get; private set; }

    /// <summary>The classes it holds.</summary>
    public ReadOnlySpan<int> Classes => _classes.AsSpan(0, _distinct);

    /// <summary>Position after the last row of the batch.</summary>
    public long End(int batchSize) => (Start / batchSize + 1) * batchSize;

    public int CountOf(int classIndex) => _counts[classIndex];

    /// <summary>Takes a row; -1 has no label.</summary>
    public void Add(int classIndex)
    {
        Rows++;
        if (classIndex >= 0)
            AddRows(classIndex, 1);
    }

    public void Append(BatchFragment later, ReadOnlySpan<int> classMap)
    {
        Rows += later.Rows;
        foreach (var c in later.Classes)
            AddRows(classMap[c], later._counts[c]);
    }

    public void SubtractFrom(Span<long> totals)
    {
        foreach (var c in Classes)
            totals[c] -= _counts[c];
    }

    /// <summary>Empties it for the batch that starts at a position.</summary>
    public void Reset(long start)
    {
        foreach (var c in Classes)
            _counts[c] = 0;
        _distinct = 0;
        (Start, Rows, Labelled) = (start, 0, 0);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Start);
        writer.Write(Rows);
        writer.Write(_distinct);
        foreach (var c in Classes)
        {
            writer.Write(c);
            writer.Write(_counts[c]);
        }
    }

    public static BatchFragment Read(BinaryReader reader)
    {
        var fragment = new BatchFragment(reader.ReadInt64()) { Rows = reader.ReadInt64() };
        var distinct = reader.ReadInt32();
        for (var i = 0; i < distinct; i++)
        {
            var classIndex = reader.ReadInt32();
            if (classIndex is < 0 or >= LabelProfile.MaxClasses)
                throw new InvalidDataException($"A saved profile names class {classIndex}, which no profile writes.");
            fragment.AddRows(classIndex, reader.ReadInt32());
        }

        return fragment;
    }

    private void AddRows(int classIndex, int rows)
    {
        if (classIndex >= _counts.Length)
            Array.Resize(ref _counts, Math.Max(classIndex + 1, _counts.Length * 2));
        if (_counts[classIndex] == 0)
        {
            if (_distinct == _classes.Length)
                Array.Resize(ref _classes, _distinct * 2);
            _classes[_distinct++] = classIndex;
        }

        _counts[classIndex] += rows;
        Labelled += rows;
    }
}
