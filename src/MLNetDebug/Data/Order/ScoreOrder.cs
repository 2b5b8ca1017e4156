namespace MLNetDebug.Data;

/// <summary>Sums over centred scores in position order, and the three tests they allow.</summary>
internal struct ScoreOrder(int count)
{
    private readonly int _n = count;
    private readonly double[] _blockSum = new double[SlotOrderTests.Blocks];
    private readonly int[] _blockCount = new int[SlotOrderTests.Blocks];
    private double _s2, _s4, _withPosition, _position2, _lagSum, _last;
    private long _lastPosition = -2;
    private long _pairs, _chained;
    private bool _lastHadPair;

    /// <summary>Takes the next row.</summary>
    /// <param name="score">Its centred score.</param>
    /// <param name="position">Its centred place among the rows with a score.</param>
    /// <param name="row">Its position in the data.</param>
    /// <param name="block">Its block of positions.</param>
    public void Add(double score, double position, long row, int block)
    {
        var square = score * score;
        _s2 += square;
        _s4 += square * square;
        _withPosition += score * position;
        _position2 += position * position;
        _blockSum[block] += score;
        _blockCount[block]++;
        var neighbour = row == _lastPosition + 1;
        if (neighbour)
        {
            _lagSum += score * _last;
            _pairs++;
            if (_lastHadPair)
                _chained++;
        }

        _lastHadPair = neighbour;
        _last = score;
        _lastPosition = row;
    }

    public readonly LagTest Lag() => LagTest.Test(_lagSum, _pairs, _chained, _n, _s2, _s4);

    /// <summary>Pearson correlation of scores and places; its permutation variance is 1 / (n - 1), ties or not.</summary>
    public readonly (double Correlation, double PValue) Spearman()
    {
        if (_n < 3 || !(_s2 > 0))
            return (0, 1);
        var r = _withPosition / Math.Sqrt(_s2 * _position2);
        return (r, GammaTail.NormalTwoSided(r * Math.Sqrt(_n - 1)));
    }

    /// <summary>
    /// Kruskal-Wallis with ties; p-value from the statistic's exact permutation moments, which is its chi-square where scores are
    /// many. The effect is Kelley's epsilon-squared (PNAS 21, 1935), 0 by chance.
    /// </summary>
    public readonly (double Effect, double PValue) KruskalWallis()
    {
        double between = 0, inverse = 0;
        var groups = 0;
        for (var b = 0; b < SlotOrderTests.Blocks; b++)
        {
            if (_blockCount[b] == 0)
                continue;
            groups++;
            inverse += 1.0 / _blockCount[b];
            between += _blockSum[b] * _blockSum[b] / _blockCount[b];
        }

        if (groups < 2 || _n < 4 || _n <= groups || !(_s2 > 0))
            return (0, 1);
        var h = (_n - 1) * between / _s2;
        return (Math.Clamp((h - groups + 1) / (_n - groups), 0, 1), ChiSquareTest.OfScores(h, _n, groups, inverse, _n * _s4 / (_s2 * _s2)));
    }
}
