namespace MLNetDebug.Predictions;

/// <summary>Takes the probabilities of every row: whether they lie in [0, 1], and whether those of several classes sum to 1.</summary>
/// <param name="layout">What the probabilities are.</param>
internal sealed class ProbabilityFacts(PredictionLayout layout)
{
    // A softmax in 32-bit floats exceeds 1 by no more than a few units in the last place, 6e-8 each.
    private const double RangeTolerance = 1e-6;

    // The sum of thousands of rounded floats; ten classes come to 1e-6.
    private const double SumTolerance = 1e-3;

    private readonly RowPositions _outOfRange = new();
    private readonly RowPositions _notSumming = new();
    private long _nonFinite;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;
    private double _worstSum = double.NaN;

    public void Add(ReadOnlySpan<float> probabilities, long position)
    {
        double sum = 0;
        bool finite = true, within = true;
        foreach (var p in probabilities)
        {
            if (!float.IsFinite(p))
            {
                finite = false;
                continue;
            }

            sum += p;
            within &= p >= -RangeTolerance && p <= 1 + RangeTolerance;
            (_min, _max) = (Math.Min(_min, p), Math.Max(_max, p));
        }

        if (!finite)
            _nonFinite++;
        if (!finite || !within)
            _outOfRange.Add(position);
        if (!finite || !layout.IsMulticlass)
            return;
        // The first sum counts whatever it is: a NaN is farther from 1 than nothing.
        if (!(Math.Abs(sum - 1) <= Math.Abs(_worstSum - 1)))
            _worstSum = sum;
        if (Math.Abs(sum - 1) > SumTolerance)
            _notSumming.Add(position);
    }

    public ProbabilitySummary ToSummary()
    {
        var summary = new ProbabilitySummary
        {
            IsDeclared = layout.IsDeclared,
            OutOfRange = _outOfRange.Count,
            OutOfRangeRows = _outOfRange.First,
            NonFinite = _nonFinite,
            NotSummingToOne = _notSumming.Count,
            NotSummingToOneRows = _notSumming.First,
            WorstSum = _worstSum,
        };
        return _min > _max ? summary : summary with { Min = _min, Max = _max };
    }
}
