namespace MLNetDebug.Data;

/// <summary>
/// Class counts of batches of B rows at absolute positions 0, B, 2B, ... as the sums a chi-square needs. A batch that a part of
/// the data begins in the middle of is kept as a fragment, so that parts merge to what one pass gives.
/// </summary>
internal sealed class LabelBatches(int batchSize, long firstRow)
{
    private double[] _squares = new double[16];
    private BatchFragment? _head;
    private BatchFragment _open = new(firstRow);

    /// <summary>Full batches with at least one labelled row.</summary>
    public long Batches { get; private set; }

    /// <summary>Labelled rows in them.</summary>
    public long Rows { get; private set; }

    /// <summary>Sum of 1 / labelled rows over them.</summary>
    public double InverseSizes { get; private set; }

    /// <summary>Full batches of at least two labelled rows, all of one class.</summary>
    public long SingleClass { get; private set; }

    /// <summary>By class: sum over full batches of count^2 / labelled rows.</summary>
    public ReadOnlySpan<double> Squares => _squares;

    /// <summary>Takes the next row.</summary>
    /// <param name="row">Its absolute position.</param>
    /// <param name="classIndex">Its class; -1 where it has no label.</param>
    public void Add(long row, int classIndex)
    {
        _open.Add(classIndex);
        if (row + 1 == _open.End(batchSize))
        {
            if (Close(_open, ref _head))
                _open.Reset(row + 1);
            else
                _open = new BatchFragment(row + 1);
        }
    }

    /// <summary>Rows per class that stand in no full batch, taken off the totals.</summary>
    public void SubtractRagged(Span<long> totals)
    {
        _head?.SubtractFrom(totals);
        _open.SubtractFrom(totals);
    }

    /// <summary>Appends the part that follows.</summary>
    /// <param name="later">That part.</param>
    /// <param name="classMap">This part's index of each of its classes.</param>
    public void Append(LabelBatches later, ReadOnlySpan<int> classMap)
    {
        Batches += later.Batches;
        Rows += later.Rows;
        InverseSizes += later.InverseSizes;
        SingleClass += later.SingleClass;
        for (var c = 0; c < classMap.Length && c < later._squares.Length; c++)
            Square(classMap[c]) += later._squares[c];

        if (later._head is { } head)
        {
            _open.Append(head, classMap);
            Close(_open, ref _head);
            _open = new BatchFragment(later._open.Start);
        }
        else if (later._open.Start != _open.Start + _open.Rows)
        {
            // The later part began on a batch boundary and has closed batches since: nothing is left open here.
            _open = new BatchFragment(later._open.Start);
        }

        _open.Append(later._open, classMap);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Batches);
        writer.Write(Rows);
        writer.Write(InverseSizes);
        writer.Write(SingleClass);
        BinaryArrays.Write<double>(writer, _squares);
        writer.Write(_head is not null);
        _head?.Write(writer);
        _open.Write(writer);
    }

    public static LabelBatches Read(BinaryReader reader, int batchSize)
    {
        var batches = new LabelBatches(batchSize, 0)
        {
            Batches = reader.ReadInt64(),
            Rows = reader.ReadInt64(),
            InverseSizes = reader.ReadDouble(),
            SingleClass = reader.ReadInt64(),
            _squares = BinaryArrays.Read<double>(reader),
        };
        if (reader.ReadBoolean())
            batches._head = BatchFragment.Read(reader);
        batches._open = BatchFragment.Read(reader);
        return batches;
    }

    /// <summary>Folds a finished batch into the sums, or keeps it where its first rows belong to an earlier part.</summary>
    /// <returns>True where it was folded and may be used again.</returns>
    private bool Close(BatchFragment batch, ref BatchFragment? head)
    {
        if (batch.Start % batchSize != 0)
        {
            head = batch;
            return false;
        }

        if (batch.Labelled == 0)
            return true;
        Batches++;
        Rows += batch.Labelled;
        InverseSizes += 1.0 / batch.Labelled;
        if (batch.Classes.Length == 1 && batch.Labelled > 1)
            SingleClass++;
        foreach (var c in batch.Classes)
        {
            var count = (double)batch.CountOf(c);
            Square(c) += count * count / batch.Labelled;
        }

        return true;
    }

    private ref double Square(int classIndex)
    {
        if (classIndex >= _squares.Length)
            Array.Resize(ref _squares, Math.Max(classIndex + 1, _squares.Length * 2));
        return ref _squares[classIndex];
    }
}
