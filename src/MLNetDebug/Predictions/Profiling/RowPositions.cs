namespace MLNetDebug.Predictions;

/// <summary>Counts rows and keeps the positions of the first ones.</summary>
internal sealed class RowPositions
{
    /// <summary>At most so many positions are kept.</summary>
    public const int MaxRows = 20;

    private readonly List<long> _first = [];

    public long Count { get; private set; }

    public IReadOnlyList<long> First => _first;

    public void Add(long position)
    {
        if (Count++ < MaxRows)
            _first.Add(position);
    }
}
