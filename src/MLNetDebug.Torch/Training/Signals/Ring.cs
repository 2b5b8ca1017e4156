namespace MLNetDebug.Torch.Training.Signals;

/// <summary>The last numbers of a series. Adding allocates nothing, but an array for every so many numbers where views are handed out.</summary>
internal sealed class Ring(int size)
{
    // Twice as long as what is kept: the numbers move to the front once in so many additions, and up to then stand still beneath the views of them.
    private double[] _values = new double[2 * size];
    private int _end;
    private bool _isShared;

    public int Count { get; private set; }

    public double Last => Count == 0 ? double.NaN : _values[_end - 1];

    public void Add(double value)
    {
        if (_end == _values.Length)
            MoveToFront();
        _values[_end++] = value;
        Count = Math.Min(Count + 1, size);
    }

    // What views show stands where it stood.
    public void Clear() => Count = 0;

    /// <summary>The numbers as they are now, oldest first. Nothing is copied, and nothing that follows changes them.</summary>
    public IReadOnlyList<double> View()
    {
        _isShared = true;
        return new ArraySegment<double>(_values, _end - Count, Count);
    }

    private void MoveToFront()
    {
        var values = _isShared ? new double[_values.Length] : _values;
        Array.Copy(_values, _end - Count, values, 0, Count);
        (_values, _end, _isShared) = (values, Count, false);
    }
}
