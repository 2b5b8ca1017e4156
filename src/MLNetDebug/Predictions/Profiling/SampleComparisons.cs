using MathNet.Numerics.Distributions;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// Holds the model against the best constant answer on the sampled rows. The constant answer is fitted on the rows it is scored on, so its loss comes out too
/// low: log-loss by (K - 1) / 2n (Miller 1955), the squared error by the factor (n - 1) / n; both are put back. The interval of the gain is that of a ratio of
/// two means of paired values (Cochran 1977, 2.11) by Student's t, and wider by what such a fit may gain (chi-square, Wilks 1938): of a model that is itself
/// a constant the first part alone would be too narrow. The interval of an area is that of the normal distribution.
/// </summary>
/// <param name="sample">The rows.</param>
internal sealed class SampleComparisons(PredictionSample sample)
{
    /// <summary>Both sides together miss one interval in a thousand.</summary>
    private const double Level = 0.999;

    // As ML.NET's evaluators have it: one impossible row must not weigh more than all others together.
    private const double LeastProbability = 1e-15;

    private readonly PredictionLayout _layout = sample.Layout;

    /// <param name="hasProbabilities">True where every row read has valid probabilities.</param>
    public BaselineComparison? Baseline(bool hasProbabilities) =>
        sample.Count == 0 ? null
        : _layout.Task == LearningTask.Regression ? SquaredError()
        : _layout.IsClassification && hasProbabilities ? LogLoss()
        : Discrimination();

    public BaselineComparison? Discrimination() =>
        sample.Count == 0 ? null
        : _layout.IsMulticlass ? WrongAnswers()
        : _layout.Task == LearningTask.BinaryClassification ? Ranking()
        : null;

    private BaselineComparison LogLoss()
    {
        var counts = Counts();
        double n = sample.Count, correction = (counts.Count - 1) / (2 * n);
        return Compare(
            LossTally.LogLoss, i => -Math.Log(Math.Max(LeastProbability, OfTrueClass(i))), i => correction - Math.Log(counts[sample.Label(i)] / n),
            counts.Count < 2 ? 0 : ChiSquared.InvCDF(counts.Count - 1, Level) / (2 * n));
    }

    private BaselineComparison WrongAnswers()
    {
        var most = Counts().OrderByDescending(c => c.Value).ThenBy(c => c.Key).First().Key;
        return Compare("share of wrong answers", i => sample.Predicted(i) == (int)sample.Label(i) ? 0 : 1, i => sample.Label(i) == most ? 0 : 1, 0);
    }

    private BaselineComparison SquaredError()
    {
        var moments = default(RunningMoments);
        for (var i = 0; i < sample.Count; i++)
            moments.Add(sample.Label(i));
        var correction = sample.Count / Math.Max(1.0, sample.Count - 1);
        return Compare(
            LossTally.SquaredError, i => Square(sample.Scores(i)[0] - sample.Label(i)), i => correction * Square(sample.Label(i) - moments.Mean),
            moments.Variance * ChiSquared.InvCDF(1, Level) / sample.Count);
    }

    private BaselineComparison Ranking()
    {
        var scores = new float[sample.Count];
        var positive = new bool[sample.Count];
        for (var i = 0; i < scores.Length; i++)
            (scores[i], positive[i]) = (sample.Scores(i)[0], sample.Label(i) > 0);
        if (RocArea.Of(scores, positive) is not { } roc)
            return new BaselineComparison("1 - AUC", sample.Count, double.NaN, 0.5);
        // The gain over 0.5 is 2 AUC - 1.
        var half = 2 * Normal.InvCDF(0, 1, (1 + Level) / 2) * roc.StandardError;
        var gain = 2 * roc.Area - 1;
        return new BaselineComparison("1 - AUC", sample.Count, 1 - roc.Area, 0.5) { Low = Math.Max(-1, gain - half), High = Math.Min(1, gain + half) };
    }

    /// <param name="loss">The loss.</param>
    /// <param name="model">The model's, by row.</param>
    /// <param name="constant">The constant answer's, by row.</param>
    /// <param name="fitted">By how much fitting the constant on these rows may have lowered its loss.</param>
    private BaselineComparison Compare(string loss, Func<int, double> model, Func<int, double> constant, double fitted)
    {
        var (ofModel, ofConstant) = (default(RunningMoments), default(RunningMoments));
        for (var i = 0; i < sample.Count; i++)
        {
            ofModel.Add(model(i));
            ofConstant.Add(constant(i));
        }

        var comparison = new BaselineComparison(loss, sample.Count, ofModel.Mean, ofConstant.Mean);
        if (sample.Count < 2 || !(ofConstant.Mean > 0))
            return comparison;
        var ratio = ofModel.Mean / ofConstant.Mean;
        var residuals = default(RunningMoments);
        for (var i = 0; i < sample.Count; i++)
            residuals.Add(model(i) - ratio * constant(i));
        var half = (StudentT.InvCDF(0, 1, sample.Count - 1, (1 + Level) / 2) * Math.Sqrt(residuals.Variance / sample.Count) + fitted) / ofConstant.Mean;
        return comparison with { Low = comparison.Gain - half, High = comparison.Gain + half };
    }

    private Dictionary<double, int> Counts()
    {
        var counts = new Dictionary<double, int>();
        for (var i = 0; i < sample.Count; i++)
            counts[sample.Label(i)] = counts.GetValueOrDefault(sample.Label(i)) + 1;
        return counts;
    }

    private double OfTrueClass(int i) => _layout.OfTrueClass(sample.Label(i), sample.Scores(i), _layout.HasProbability ? sample.Probability(i) : float.NaN);

    private static double Square(double value) => value * value;
}
