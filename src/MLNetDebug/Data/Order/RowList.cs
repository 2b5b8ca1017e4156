namespace MLNetDebug.Data;

/// <summary>How many rows, and the positions of the first ones.</summary>
internal sealed class RowList
{
    /// <summary>At most so many positions are kept.</summary>
    public const int Kept = 20;

    private readonly List<long> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<long> First => [.. _first];

    public void Add(long row)
    {
        Count++;
        if (_first.Count < Kept)
            _first.Add(row);
    }

    public void Append(RowList later)
    {
        Count += later.Count;
        _first.AddRange(later._first.Take(Kept - _first.Count));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        BinaryArrays.Write<long>(writer, _first.ToArray());
    }

    public static RowList Read(BinaryReader reader)
    {
        var list = new RowList { Count = reader.ReadInt64() };
        list._first.AddRange(BinaryArrays.Read<long>(reader));
        return list;
    }
}
