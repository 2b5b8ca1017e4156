namespace MLNetDebug.AutoML.Experiment;

/// <summary>The losses of one trial in the order of its steps, with their running mean; at most 1,024 points are kept, the means themselves are over all. Not for several threads.</summary>
internal sealed class LossCurve
{
    private const int MaxPoints = 1_024;

    private readonly List<(double Position, double Mean)> _points = [];
    private double _sum;
    private long _count;
    private long _stride = 1;

    /// <summary>The step or iteration last seen.</summary>
    public double Position { get; private set; } = double.NegativeInfinity;

    /// <summary>The least loss so far; positive infinity before the first.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Takes a loss.</summary>
    /// <returns>False for what is left out: a loss or step that is no number, and a step that was seen already.</returns>
    public bool Add(double position, double loss)
    {
        if (!double.IsFinite(loss) || !(position > Position) || !double.IsFinite(position))
            return false;
        Position = position;
        Best = Math.Min(Best, loss);
        _sum += loss;
        _count++;
        if (_count % _stride == 0)
            Keep(position);
        return true;
    }

    /// <summary>The mean of all losses up to a step, as of the last point kept; null where there was none by then.</summary>
    public double? MeanUntil(double position)
    {
        var (low, high) = (0, _points.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].Position <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? null : _points[low - 1].Mean;
    }

    private void Keep(double position)
    {
        _points.Add((position, _sum / _count));
        if (_points.Count < MaxPoints)
            return;
        // Every second point is dropped, the first one kept; from now on every second loss gives a point.
        var kept = 0;
        for (var i = 0; i < _points.Count; i += 2)
            _points[kept++] = _points[i];
        _points.RemoveRange(kept, _points.Count - kept);
        _stride *= 2;
    }
}
