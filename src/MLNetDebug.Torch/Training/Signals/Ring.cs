namespace MLNetDebug.Torch.Training.Signals;

/// <summary>The last numbers of a series. Adding allocates nothing.</summary>
internal sealed class Ring(int size)
{
    private readonly double[] _values = new double[size];
    private int _next;

    public int Count { get; private set; }

    public double Last => Count == 0 ? double.NaN : _values[(_next + _values.Length - 1) % _values.Length];

    public void Add(double value)
    {
        _values[_next] = value;
        _next = (_next + 1) % _values.Length;
        Count = Math.Min(Count + 1, _values.Length);
    }

    public void Clear() => (_next, Count) = (0, 0);

    /// <summary>A copy, oldest first.</summary>
    public double[] ToArray()
    {
        var all = new double[Count];
        var first = (_next - Count + _values.Length) % _values.Length;
        var head = Math.Min(Count, _values.Length - first);
        Array.Copy(_values, first, all, 0, head);
        Array.Copy(_values, 0, all, head, Count - head);
        return all;
    }
}
