using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Predictions that stand in arrays: of a network, or of a loop that scores in batches.</summary>
/// <param name="Task">What was to be learned.</param>
/// <param name="Scores">One score per row, or row-major one per class.</param>
/// <param name="Width">Scores per row.</param>
internal sealed record PredictionArrays(LearningTask Task, float[] Scores, int Width = 1)
{
    /// <summary>Classes counted from 0, or targets; NaN where missing. Null where there are none.</summary>
    public double[]? Labels { get; init; }

    /// <summary>A binary model's probabilities; null where there are none.</summary>
    public float[]? Probabilities { get; init; }

    /// <summary>True where the scores of several classes are probabilities.</summary>
    public bool ScoresAreProbabilities { get; init; }

    /// <summary>How the user writes each class; null where numbers stand for them.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}

/// <summary>Scored rows of arrays.</summary>
internal sealed class ArrayRows : ScoredRows
{
    private readonly PredictionArrays _arrays;
    private readonly int _rows;
    private int _next;

    /// <exception cref="ArgumentException">The arrays do not fit each other or the task.</exception>
    public ArrayRows(PredictionArrays arrays)
    {
        var isMulticlass = arrays.Task == LearningTask.MulticlassClassification;
        if (arrays.Task == LearningTask.Unknown || arrays.Width < 1 || (!isMulticlass && arrays.Width != 1))
            throw new ArgumentException($"A task and {(isMulticlass ? "at least one score" : "one score")} per row are needed; the task is {arrays.Task}, the width {arrays.Width}.", nameof(arrays));
        _rows = arrays.Scores.Length / arrays.Width;
        Check(arrays.Scores.Length % arrays.Width == 0, $"{arrays.Scores.Length} scores are no whole number of rows of {arrays.Width}");
        Check(arrays.Labels is null || arrays.Labels.Length == _rows, $"there are {arrays.Labels?.Length} labels to {_rows} rows of scores");
        Check(arrays.Probabilities is null || arrays.Probabilities.Length == _rows, $"there are {arrays.Probabilities?.Length} probabilities to {_rows} rows of scores");
        Check(arrays.Labels is null || arrays.Task is not (LearningTask.BinaryClassification or LearningTask.MulticlassClassification) || arrays.Labels.All(l => !double.IsFinite(l) || (l >= 0 && l <= int.MaxValue && l == Math.Floor(l))), "a class is not a whole number from 0");
        _arrays = arrays;
        Layout = new PredictionLayout(arrays.Task, new PredictionColumns("Score")
        {
            Label = arrays.Labels is null ? null : "Label",
            Probability = arrays.Probabilities is null ? null : "Probability",
            ScoreIsProbability = arrays.ScoresAreProbabilities,
        }, arrays.Width)
        {
            IsDeclared = arrays.ScoresAreProbabilities || arrays.Probabilities is not null,
            TextOf = arrays.ClassNames is { } names ? k => k < names.Count ? names[k] : null : null,
        };
    }

    public override PredictionLayout Layout { get; }

    public override bool Read(ScoredRow row)
    {
        if (_next == _rows)
            return false;
        _arrays.Scores.AsSpan(_next * _arrays.Width, _arrays.Width).CopyTo(row.Scores);
        row.Label = _arrays.Labels?[_next] ?? double.NaN;
        if (_arrays.Task == LearningTask.BinaryClassification && row.Label > 0)
            row.Label = 1;
        row.Probability = _arrays.Probabilities?[_next] ?? float.NaN;
        _next++;
        return true;
    }

    private static void Check(bool fits, string what)
    {
        if (!fits)
            throw new ArgumentException($"The arrays of predictions do not fit each other: {what}.");
    }
}
