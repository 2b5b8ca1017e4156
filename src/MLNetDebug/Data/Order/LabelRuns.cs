namespace MLNetDebug.Data;

/// <summary>Runs of equal labels over labelled rows, in row order.</summary>
internal struct LabelRuns
{
    private double _firstValue;
    private double _lastValue;
    private long _lastRun;

    /// <summary>Labelled rows.</summary>
    public long Rows { get; private set; }

    /// <summary>Neighbouring labelled rows with equal label.</summary>
    public long EqualPairs { get; private set; }

    /// <summary>Rows of the first run.</summary>
    public long FirstRun { get; private set; }

    /// <summary>Rows of the longest run.</summary>
    public long LongestRun { get; private set; }

    public void Add(double value)
    {
        if (Rows++ == 0)
            _firstValue = value;
        if (Rows > 1 && value == _lastValue)
        {
            EqualPairs++;
            _lastRun++;
        }
        else
        {
            _lastRun = 1;
        }

        _lastValue = value;
        // The first run is still going on where every pair so far was equal.
        if (EqualPairs == Rows - 1)
            FirstRun = Rows;
        if (_lastRun > LongestRun)
            LongestRun = _lastRun;
    }

    public void Append(LabelRuns later)
    {
        if (later.Rows == 0)
            return;
        if (Rows == 0)
        {
            this = later;
            return;
        }

        var joined = _lastValue == later._firstValue;
        var oneRun = FirstRun == Rows;
        var laterIsOneRun = later.FirstRun == later.Rows;
        LongestRun = Math.Max(Math.Max(LongestRun, later.LongestRun), joined ? _lastRun + later.FirstRun : 0);
        FirstRun += oneRun && joined ? later.FirstRun : 0;
        _lastRun = joined && laterIsOneRun ? _lastRun + later.Rows : later._lastRun;
        EqualPairs += later.EqualPairs + (joined ? 1 : 0);
        Rows += later.Rows;
        _lastValue = later._lastValue;
    }

    /// <summary>Renames the values.</summary>
    public void Recode(Func<double, double> map)
    {
        if (Rows > 0)
            (_firstValue, _lastValue) = (map(_firstValue), map(_lastValue));
    }

    public readonly void Write(BinaryWriter writer)
    {
        writer.Write(_firstValue);
        writer.Write(_lastValue);
        writer.Write(_lastRun);
        writer.Write(Rows);
        writer.Write(EqualPairs);
        writer.Write(FirstRun);
        writer.Write(LongestRun);
    }

    public static LabelRuns Read(BinaryReader reader) => new()
    {
        _firstValue = reader.ReadDouble(),
        _lastValue = reader.ReadDouble(),
        _lastRun = reader.ReadInt64(),
        Rows = reader.ReadInt64(),
        EqualPairs = reader.ReadInt64(),
        FirstRun = reader.ReadInt64(),
        LongestRun = reader.ReadInt64(),
    };
}
