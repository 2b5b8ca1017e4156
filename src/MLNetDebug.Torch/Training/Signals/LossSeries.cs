namespace MLNetDebug.Torch.Training.Signals;

/// <summary>The loss over a run, in bounded memory. Adding allocates nothing.</summary>
internal sealed class LossSeries
{
    private const double Decay = 0.9;
    private const int StepsBeforeBest = 10;

    private readonly Ring _recent = new(TrainingWindow.Steps);
    private readonly double[] _curve = new double[LossTrack.CurvePoints];
    private int _points;
    private int _stride = 1;
    private double _partial;
    private int _partialCount;
    private double _mean;
    private double _weight;
    private (double Mean, double Weight) _before;
    private long _sinceStart;

    /// <summary>The first loss; that of the run's beginning where another process ran it.</summary>
    public double First { get; set; } = double.NaN;

    public double Smoothed => _weight > 0 ? _mean / _weight : double.NaN;

    /// <summary><see cref="Smoothed"/> as it was before the last step.</summary>
    public double SmoothedBefore => _before.Weight > 0 ? _before.Mean / _before.Weight : double.NaN;

    public double Best { get; private set; } = double.NaN;

    public long BestStep { get; private set; } = -1;

    public double Least { get; private set; } = double.NaN;

    public double Last => _recent.Last;

    public long Finite { get; private set; }

    public long NonFinite { get; private set; }

    public void Add(long step, double loss)
    {
        if (Finite + NonFinite == 0 && double.IsNaN(First))
            First = double.IsFinite(loss) ? loss : double.NaN;
        if (!double.IsFinite(loss))
        {
            NonFinite++;
            _recent.Add(double.NaN);
            _before = (_mean, _weight);
            return;
        }

        Finite++;
        _sinceStart++;
        _recent.Add(loss);
        Least = double.IsNaN(Least) ? loss : Math.Min(Least, loss);
        _before = (_mean, _weight);
        (_mean, _weight) = ((Decay * _mean) + ((1 - Decay) * loss), (Decay * _weight) + 1 - Decay);
        if (_sinceStart >= StepsBeforeBest && !(Smoothed >= Best))
            (Best, BestStep) = (Smoothed, step);
        AddToCurve(loss);
    }

    /// <summary>The last step was not taken: its loss does not count towards what is smooth.</summary>
    public void TakeBack() => (_mean, _weight) = _before;

    /// <summary>Forgets what a rollback has undone: what is smooth and what was best begin anew; the record of single steps stays.</summary>
    public void StartAnew() => (_mean, _weight, _before, _sinceStart, Best, BestStep) = (0, 0, (0, 0), 0, double.NaN, -1);

    public LossTrack ToTrack() => new()
    {
        Recent = _recent.View(),
        Curve = _curve[.._points],
        CurveStride = _stride,
        First = First,
        Smoothed = Smoothed,
        Best = Best,
        BestStep = BestStep,
        Least = Least,
        Finite = Finite,
        NonFinite = NonFinite,
    };

    private void AddToCurve(double loss)
    {
        _partial += loss;
        if (++_partialCount < _stride)
            return;
        if (_points == _curve.Length)
        {
            // Every two points become one; the one that is just full is half of the next.
            for (var i = 0; i < _points / 2; i++)
                _curve[i] = (_curve[2 * i] + _curve[(2 * i) + 1]) / 2;
            _points /= 2;
            _stride *= 2;
            return;
        }

        _curve[_points++] = _partial / _partialCount;
        (_partial, _partialCount) = (0, 0);
    }
}
