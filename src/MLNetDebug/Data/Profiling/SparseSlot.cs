namespace MLNetDebug.Data;

/// <summary>Sums of one slot over its non-zero values; rows that do not have it hold 0.</summary>
internal struct SparseSlot
{
    private long _finite;
    private long _nonFinite;
    private double _mean;
    private double _squaresAboutMean;
    private float _min;
    private float _max;
    private float _first;
    private float _last;

    /// <summary>Number of the row of <see cref="_last"/>, from 1; 0 before the first.</summary>
    private long _lastRow;
    private double _pairProducts;

    /// <summary>Pairs of neighbouring rows of which one at least is not finite, and the sum of their finite members.</summary>
    private long _brokenPairs;
    private double _brokenSum;

    /// <summary>Takes a value other than 0.</summary>
    public void Add(float value, long row)
    {
        var before = row > 0 && _lastRow == row ? _last : 0;
        if (row == 0)
            _first = value;
        if (float.IsFinite(value))
        {
            _min = _finite == 0 ? value : Math.Min(_min, value);
            _max = _finite == 0 ? value : Math.Max(_max, value);
            _finite++;
            var distance = value - _mean;
            _mean += distance / _finite;
            _squaresAboutMean += distance * (value - _mean);
            if (float.IsFinite(before))
                _pairProducts += (double)before * value;
            else
                _brokenSum += value;
        }
        else
        {
            _nonFinite++;
            // The pair with the row before is already broken where that one is not finite; the pair with the row after is broken here.
            _brokenPairs += (row > 0 && float.IsFinite(before) ? 1 : 0) + 1;
            _brokenSum += float.IsFinite(before) ? before : 0;
        }

        (_last, _lastRow) = (value, row + 1);
    }

    /// <summary>The moments over so many rows.</summary>
    public readonly SlotMoments ToMoments(long rows)
    {
        var zeros = rows - _finite - _nonFinite;
        var finite = rows - _nonFinite;
        var last = _lastRow == rows ? _last : 0;
        var moments = SlotMoments.Empty;
        (moments.First, moments.Last, moments.Zeros, moments.Finite) = (_first, last, zeros, finite);
        if (finite == 0)
            return moments;
        moments.Min = _finite == 0 ? 0 : zeros > 0 ? Math.Min(0, _min) : _min;
        moments.Max = _finite == 0 ? 0 : zeros > 0 ? Math.Max(0, _max) : _max;
        var sum = _mean * _finite;
        var mean = sum / finite;
        moments.MeanFromBase = mean;
        moments.SquaresAboutMean = _squaresAboutMean + (_mean * _mean * ((double)_finite * zeros / finite));
        moments.Pairs = rows - 1 - (_brokenPairs - (float.IsFinite(last) ? 0 : 1));
        var pairSums = (2 * sum) - (float.IsFinite(_first) ? _first : 0) - (float.IsFinite(last) ? last : 0) - _brokenSum;
        moments.PairProducts = _pairProducts - (mean * pairSums) + (moments.Pairs * mean * mean);
        moments.PairSums = pairSums - (2 * moments.Pairs * mean);
        return moments;
    }
}
