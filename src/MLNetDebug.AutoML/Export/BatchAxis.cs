namespace MLNetDebug.AutoML.Export;

/// <summary>Batch sizes by their logarithm, the largest on top. What has no batch size has a row of its own below.</summary>
internal sealed class BatchAxis
{
    private const double RowHeight = 58;
    private const double MaxHalf = 21;

    private readonly double _low;
    private readonly double _perOctave;
    private readonly double _bottomRow;
    private readonly double _lane;

    /// <param name="sizes">All batch sizes; one that is not above 0 is none.</param>
    /// <param name="top">The upper end.</param>
    public BatchAxis(IEnumerable<int> sizes, double top)
    {
        var all = sizes.Distinct().ToArray();
        Sizes = [.. all.Where(s => s > 0).Order()];
        HasLane = all.Length == 0 || all.Length > Sizes.Count;
        var rows = Sizes.Count + (HasLane ? 1 : 0);
        Top = top;
        Height = Math.Clamp(RowHeight * rows + 24, 150, 420);
        var room = Math.Min(MaxHalf + 10, Height / 2);
        _lane = Sizes.Count == 0 ? top + Height / 2 : top + Height - room;
        _bottomRow = HasLane ? _lane - RowHeight : top + Height - room;
        if (Sizes.Count < 2)
        {
            _bottomRow = HasLane ? _bottomRow : top + Height / 2;
            (_low, Half) = (Sizes.Count > 0 ? Math.Log2(Sizes[0]) : 0, MaxHalf);
            return;
        }

        _low = Math.Log2(Sizes[0]);
        _perOctave = (_bottomRow - (top + room)) / (Math.Log2(Sizes[^1]) - _low);
        var closest = Sizes.Zip(Sizes.Skip(1), (a, b) => Math.Log2(b) - Math.Log2(a)).Min();
        Half = Math.Clamp(closest * _perOctave * 0.44, 1, MaxHalf);
    }

    /// <summary>The batch sizes, ascending.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>True where something has no batch size.</summary>
    public bool HasLane { get; }

    public double Top { get; }

    public double Height { get; }

    /// <summary>Half the height of a row.</summary>
    public double Half { get; }

    /// <summary>The middle of a batch size's row.</summary>
    public double At(int size) => size > 0 ? _bottomRow - (Math.Log2(size) - _low) * _perOctave : _lane;
}
