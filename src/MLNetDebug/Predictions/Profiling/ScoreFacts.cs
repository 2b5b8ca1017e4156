namespace MLNetDebug.Predictions;

/// <summary>Takes the scores of every row: what is not finite, ranges, and how many different answers there are.</summary>
internal sealed class ScoreFacts
{
    /// <summary>The spread of slots beyond the first million is not followed.</summary>
    private const int MaxSlots = 1 << 20;

    private const int MaxAnswers = 1_000;

    private readonly float[] _min;
    private readonly float[] _max;
    private readonly HashSet<float> _answers = [];
    private readonly RowPositions _nonFinite = new();
    private long _nonFiniteFeatures;
    private float _least = float.PositiveInfinity;
    private float _greatest = float.NegativeInfinity;

    public ScoreFacts(int width)
    {
        _min = new float[Math.Min(width, MaxSlots)];
        _max = new float[_min.Length];
        Array.Fill(_min, float.PositiveInfinity);
        Array.Fill(_max, float.NegativeInfinity);
    }

    /// <summary>
    /// Takes one row's scores; false where they say nothing: NaN or +Infinity among them, or none finite. -Infinity for some classes of several is the log-probability of
    /// one that cannot be, as naive Bayes gives a class without rows.
    /// </summary>
    /// <param name="scores">One per slot.</param>
    /// <param name="position">The row.</param>
    /// <param name="rows">Asked for the features of a row whose score is not finite.</param>
    public bool Add(ReadOnlySpan<float> scores, long position, ScoredRows rows)
    {
        var (impossible, spoilt) = (0, false);
        for (var k = 0; k < scores.Length; k++)
        {
            var score = scores[k];
            if (!float.IsFinite(score))
            {
                if (float.IsNegativeInfinity(score))
                    impossible++;
                else
                    spoilt = true;
                continue;
            }

            _least = Math.Min(_least, score);
            _greatest = Math.Max(_greatest, score);
            if (k < _min.Length)
                (_min[k], _max[k]) = (Math.Min(_min[k], score), Math.Max(_max[k], score));
        }

        if (!spoilt && impossible < scores.Length)
            return true;
        _nonFinite.Add(position);
        if (!rows.FeaturesAreFinite())
            _nonFiniteFeatures++;
        return false;
    }

    /// <summary>Takes the answer of a row: the predicted class, or the score itself.</summary>
    public void AddAnswer(float answer)
    {
        if (_answers.Count < MaxAnswers)
            _answers.Add(answer);
    }

    public ScoreSummary ToSummary()
    {
        var summary = new ScoreSummary
        {
            NonFinite = _nonFinite.Count,
            NonFiniteRows = _nonFinite.First,
            NonFiniteFeatures = _nonFiniteFeatures,
            DistinctAnswers = _answers.Count,
        };
        return _least > _greatest ? summary : summary with { Min = _least, Max = _greatest, RelativeSpread = Spread() };
    }

    private double Spread()
    {
        var widest = 0.0;
        for (var k = 0; k < _min.Length; k++)
            widest = Math.Max(widest, (double)_max[k] - _min[k]);
        var largest = Math.Max(Math.Abs((double)_least), Math.Abs((double)_greatest));
        return largest == 0 ? 0 : widest / largest;
    }
}
