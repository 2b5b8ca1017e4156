namespace MLNetDebug.Data;

/// <summary>Sums over pairs of neighbouring rows, both finite, for the Pearson lag-1 autocorrelation over every row.</summary>
internal struct LagSums
{
    // Values are taken relative to the first one, which keeps products small where all values are far from 0.
    private double _shift, _first, _last, _products, _earlier, _later;
    private long _pairs;
    private bool _started, _firstIsFinite, _lastIsFinite;

    /// <summary>Takes the next row.</summary>
    public void Add(double value)
    {
        var finite = double.IsFinite(value);
        if (!_started)
            (_started, _first, _firstIsFinite, _shift) = (true, value, finite, finite ? value : 0);
        else if (finite && _lastIsFinite)
            AddPair(_last, value);
        _last = value;
        _lastIsFinite = finite;
    }

    public void Append(LagSums later)
    {
        if (!later._started)
            return;
        if (!_started)
        {
            this = later;
            return;
        }

        var off = later._shift - _shift;
        _products += later._products + off * (later._earlier + later._later) + later._pairs * off * off;
        _earlier += later._earlier + later._pairs * off;
        _later += later._later + later._pairs * off;
        _pairs += later._pairs;
        if (_lastIsFinite && later._firstIsFinite)
            AddPair(_last, later._first);
        _last = later._last;
        _lastIsFinite = later._lastIsFinite;
    }

    /// <summary>The autocorrelation about the mean of all values; NaN where undefined.</summary>
    public readonly double Correlation(RunningMoments all)
    {
        if (_pairs == 0 || !(all.Squares > 0))
            return double.NaN;
        var off = all.Mean - _shift;
        var covariance = (_products - off * (_earlier + _later)) / _pairs + off * off;
        return Math.Clamp(covariance / (all.Squares / all.Count), -1, 1);
    }

    public readonly void Write(BinaryWriter writer)
    {
        foreach (var value in (ReadOnlySpan<double>)[_shift, _first, _last, _products, _earlier, _later])
            writer.Write(value);
        writer.Write(_pairs);
        writer.Write(_started);
        writer.Write(_firstIsFinite);
        writer.Write(_lastIsFinite);
    }

    public static LagSums Read(BinaryReader reader) => new()
    {
        _shift = reader.ReadDouble(),
        _first = reader.ReadDouble(),
        _last = reader.ReadDouble(),
        _products = reader.ReadDouble(),
        _earlier = reader.ReadDouble(),
        _later = reader.ReadDouble(),
        _pairs = reader.ReadInt64(),
        _started = reader.ReadBoolean(),
        _firstIsFinite = reader.ReadBoolean(),
        _lastIsFinite = reader.ReadBoolean(),
    };

    private void AddPair(double earlier, double later)
    {
        var (x, y) = (earlier - _shift, later - _shift);
        _products += x * y;
        _earlier += x;
        _later += y;
        _pairs++;
    }
}
