namespace MLNetDebug.Data;

/// <summary>
/// At most 40 blocks of consecutive rows, of a width that doubles as the data grow and at absolute multiples of it, so that parts
/// merge to what one pass gives: class counts and moments by block.
/// </summary>
internal sealed class PositionBlocks
{
    /// <summary>At most so many blocks.</summary>
    public const int Most = 40;

    private readonly RunningMoments[] _moments = new RunningMoments[Most];
    private long[] _classCounts = [];
    private long _first;
    private int _shift;
    private int _used;

    public PositionBlocks(long firstRow) => _first = firstRow;

    /// <summary>Blocks in use, empty ones among them.</summary>
    public int Used => _used;

    /// <summary>Moments of the labels in one block.</summary>
    public ref readonly RunningMoments MomentsOf(int block) => ref _moments[block];

    /// <summary>Rows of one class in one block.</summary>
    public long CountOf(int block, int classIndex)
    {
        var at = classIndex * Most + block;
        return at < _classCounts.Length ? _classCounts[at] : 0;
    }

    /// <summary>The block a row stands in, made where it is new. Rows come in ascending order.</summary>
    public int BlockOf(long row)
    {
        while ((row >> _shift) - _first >= Most)
            Widen();
        var block = (int)((row >> _shift) - _first);
        if (block >= _used)
            _used = block + 1;
        return block;
    }

    /// <summary>Takes a label.</summary>
    /// <param name="block">From <see cref="BlockOf"/>.</param>
    /// <param name="value">The label.</param>
    /// <param name="classIndex">Its class; -1 where classes are not counted.</param>
    public void Add(int block, double value, int classIndex)
    {
        _moments[block].Add(value);
        if (classIndex >= 0)
            ClassCount(block, classIndex)++;
    }

    /// <summary>Moments over all blocks.</summary>
    public RunningMoments Total()
    {
        var total = default(RunningMoments);
        for (var b = 0; b < _used; b++)
            total.Append(_moments[b]);
        return total;
    }

    /// <summary>Forgets class counts.</summary>
    public void GiveUpClasses() => _classCounts = [];

    /// <summary>Appends the part that follows; it is widened on the way.</summary>
    public void Append(PositionBlocks later, ReadOnlySpan<int> classMap)
    {
        if (later._used == 0)
            return;
        while (_shift < later._shift)
            Widen();
        while (later._shift < _shift)
            later.Widen();
        while (later._first + later._used - _first > Most)
        {
            Widen();
            later.Widen();
        }

        var offset = (int)(later._first - _first);
        for (var b = 0; b < later._used; b++)
        {
            _moments[b + offset].Append(later._moments[b]);
            for (var c = 0; c < classMap.Length; c++)
            {
                if (later.CountOf(b, c) is var count and > 0)
                    ClassCount(b + offset, classMap[c]) += count;
            }
        }

        _used = offset + later._used;
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_first);
        writer.Write(_shift);
        writer.Write(_used);
        for (var b = 0; b < _used; b++)
            _moments[b].Write(writer);
        BinaryArrays.Write<long>(writer, _classCounts);
    }

    public static PositionBlocks Read(BinaryReader reader)
    {
        var blocks = new PositionBlocks(reader.ReadInt64()) { _shift = reader.ReadInt32(), _used = reader.ReadInt32() };
        if (blocks._used is < 0 or > Most || blocks._shift is < 0 or > 62)
            throw new InvalidDataException($"A saved profile has {blocks._used} blocks of rows, which no profile writes.");
        for (var b = 0; b < blocks._used; b++)
            blocks._moments[b] = RunningMoments.Read(reader);
        blocks._classCounts = BinaryArrays.Read<long>(reader);
        return blocks;
    }

    /// <summary>Doubles the width: blocks of an even and the following odd number become one.</summary>
    private void Widen()
    {
        var odd = (int)(_first & 1);
        for (var b = 0; b < _used; b++)
        {
            var to = (b + odd) >> 1;
            if (to == b)
                continue;
            _moments[to].Append(_moments[b]);
            _moments[b] = default;
            for (var at = b; at < _classCounts.Length; at += Most)
            {
                _classCounts[at - b + to] += _classCounts[at];
                _classCounts[at] = 0;
            }
        }

        _used = (_used + odd + 1) >> 1;
        _first >>= 1;
        _shift++;
    }

    private ref long ClassCount(int block, int classIndex)
    {
        var at = classIndex * Most + block;
        if (at >= _classCounts.Length)
            Array.Resize(ref _classCounts, Math.Max((classIndex + 1) * Most, _classCounts.Length * 2));
        return ref _classCounts[at];
    }
}
