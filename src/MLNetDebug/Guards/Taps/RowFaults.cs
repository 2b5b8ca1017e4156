namespace MLNetDebug.Guards;

/// <summary>Counts rows that a trainer cannot use as they are, and keeps the first positions.</summary>
internal sealed class RowFaults
{
    /// <summary>At most so many positions are kept.</summary>
    public const int MaxRows = 20;

    private readonly List<long> _rows = [];

    /// <summary>Rows counted.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<long> Rows => _rows;

    public void Add(long position)
    {
        Count++;
        if (_rows.Count < MaxRows)
            _rows.Add(position);
    }
}
