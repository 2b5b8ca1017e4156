using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Takes scored rows one after the other in memory that does not grow with them.</summary>
internal sealed class PredictionAccumulator
{
    private readonly ScoredRows _source;
    private readonly PredictionLayout _layout;
    private readonly ScoreFacts _scores;
    private readonly ProbabilityFacts? _probabilities;
    private readonly ClassTally? _classes;
    private readonly LossTally? _loss;
    private readonly PredictionSample _sample;
    private long _missing;
    private long _judged;

    public PredictionAccumulator(ScoredRows source, int maxSampledRows = PredictionProfile.MaxSampledRows)
    {
        (_source, _layout) = (source, source.Layout);
        _scores = new ScoreFacts(_layout.Width);
        _probabilities = _layout.IsMulticlass || _layout.HasProbability ? new ProbabilityFacts(_layout) : null;
        _classes = _layout.IsClassification ? new ClassTally() : null;
        _loss = _probabilities is not null ? new LossTally(LossTally.LogLoss)
            : _layout.Task == LearningTask.Regression ? new LossTally(LossTally.SquaredError)
            : null;
        _sample = new PredictionSample(_layout, maxSampledRows);
    }

    /// <summary>Rows taken.</summary>
    public long Rows { get; private set; }

    public void Add(ScoredRow row)
    {
        var position = Rows++;
        ReadOnlySpan<float> probabilities = _layout.IsMulticlass ? row.Scores : [row.Probability];
        var isFinite = _scores.Add(row.Scores, position, _source);
        _probabilities?.Add(probabilities, position);
        var predicted = _layout.IsClassification ? Predicted(row) : -1;
        if (isFinite)
            _scores.AddAnswer(_layout.IsClassification ? predicted : row.Scores[0]);
        if (!double.IsFinite(row.Label))
        {
            if (_layout.Columns.Label is not null)
                _missing++;
            return;
        }

        if (!isFinite)
            return;
        _judged++;
        _classes?.Add((int)row.Label, predicted);
        _loss?.Add(_probabilities is null ? Square(row.Scores[0] - row.Label) : -Math.Log(_layout.OfTrueClass(row.Label, row.Scores, row.Probability)));
        _sample.Add(row, predicted, position);
    }

    public PredictionProfile ToProfile(string name, bool endedEarly, bool measuresCalibration = true)
    {
        var probabilities = _probabilities?.ToSummary();
        // Scores of several classes that nobody calls probabilities and that are none have no log-loss.
        var hasLoss = _judged > 0 && (_layout.HasProbability || probabilities is null or { IsDeclared: true } or { IsValid: true });
        var hasValid = probabilities is { IsValid: true };
        var comparisons = new SampleComparisons(_sample);
        return new PredictionProfile
        {
            Name = name,
            Task = _layout.Task,
            Columns = _layout.Columns,
            Rows = Rows,
            IsComplete = !endedEarly && _sample.Count == _judged,
            EndedEarly = endedEarly,
            MissingLabels = _missing,
            Judged = _judged,
            Correct = _classes?.Correct ?? 0,
            SampledRows = _sample.Count,
            Scores = _scores.ToSummary(),
            Probabilities = probabilities,
            Classes = _classes?.ToList(_layout) ?? [],
            Baseline = comparisons.Baseline(hasValid),
            Discrimination = comparisons.Discrimination(),
            Calibration = hasValid && measuresCalibration ? CalibrationMeasure.Of(_sample) : null,
            Losses = hasLoss && _loss is not null ? [_loss.ToLoss()] : [],
        };
    }

    /// <summary>The class predicted: as the row says, else the highest score; of two classes the second where its probability exceeds one half, or its score 0.</summary>
    private int Predicted(ScoredRow row) =>
        _layout.Columns.PredictedLabel is not null ? row.Predicted
        : _layout.IsMulticlass ? Largest(row.Scores)
        : _layout.HasProbability ? (row.Probability > 0.5f ? 1 : 0)
        : row.Scores[0] > 0 ? 1 : 0;

    private static int Largest(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var k = 1; k < scores.Length; k++)
        {
            if (scores[k] > scores[best])
                best = k;
        }

        return best;
    }

    private static double Square(double value) => value * value;
}
