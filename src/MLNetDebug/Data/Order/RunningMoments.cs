namespace MLNetDebug.Data;

/// <summary>Count, mean and sum of squared deviations, one value at a time (Welford 1962) or by parts (Chan, Golub and LeVeque 1979).</summary>
internal struct RunningMoments
{
    private double _mean;
    private double _squares;

    /// <summary>Values.</summary>
    public long Count { get; private set; }

    /// <summary>Mean; NaN where there are no values.</summary>
    public readonly double Mean => Count == 0 ? double.NaN : _mean;

    /// <summary>Sum of squared deviations from the mean.</summary>
    public readonly double Squares => _squares;

    /// <summary>Sample variance (n - 1); 0 for a single value, NaN for none.</summary>
    public readonly double Variance => Count == 0 ? double.NaN : Count == 1 ? 0 : _squares / (Count - 1);

    public void Add(double value)
    {
        Count++;
        var off = value - _mean;
        _mean += off / Count;
        _squares += off * (value - _mean);
    }

    public void Append(RunningMoments later)
    {
        if (later.Count == 0)
            return;
        var total = Count + later.Count;
        var off = later._mean - _mean;
        _squares += later._squares + off * off * ((double)Count * later.Count / total);
        _mean += off * ((double)later.Count / total);
        Count = total;
    }

    public readonly void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(_mean);
        writer.Write(_squares);
    }

    public static RunningMoments Read(BinaryReader reader) =>
        new() { Count = reader.ReadInt64(), _mean = reader.ReadDouble(), _squares = reader.ReadDouble() };
}
