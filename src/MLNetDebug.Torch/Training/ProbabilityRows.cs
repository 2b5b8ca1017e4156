using System.Numerics.Tensors;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Torch.Training;

/// <summary>Takes rows of probabilities: which are none, how they vary from row to row, how many are right; and keeps a sample of them.</summary>
internal sealed class ProbabilityRows
{
    // As the core has them: rounding of a softmax in single precision, and of the sum over thousands of classes.
    private const double RangeTolerance = 1e-6;
    private const double SumTolerance = 1e-3;

    private readonly int _columns;
    private readonly int[]? _labels;
    private readonly RunningMoments[] _moments;
    private readonly ScoredRow _row;
    private long _rows;
    private long _right;
    private long _invalid;
    private long _firstInvalid = -1;
    private long _nonFinite;
    private double _sumError = double.NaN;
    private double _min = double.NaN;
    private double _max = double.NaN;

    /// <param name="columns">Numbers per row; 1 for the probability of the second of two classes.</param>
    /// <param name="labels">The class of each row; null where it is not known.</param>
    public ProbabilityRows(int columns, int[]? labels)
    {
        (_columns, _labels, _moments) = (columns, labels, new RunningMoments[columns]);
        _row = new ScoredRow(Math.Max(2, columns));
        Sample = new(new PredictionLayout(LearningTask.MulticlassClassification, new PredictionColumns("Score"), _row.Scores.Length));
    }

    /// <summary>Rows kept whole; empty without labels.</summary>
    public PredictionSample Sample { get; }

    /// <summary>Takes the next rows.</summary>
    public void Add(ReadOnlySpan<float> rows)
    {
        for (var start = 0; start < rows.Length; start += _columns)
            AddRow(rows.Slice(start, _columns));
    }

    /// <summary>The record with what was seen.</summary>
    public ValidationRecord Complete(ValidationRecord record) => record with
    {
        Accuracy = double.IsNaN(record.Accuracy) && _labels is not null ? (double)_right / _rows : record.Accuracy,
        InvalidRows = _invalid,
        FirstInvalidRow = _firstInvalid,
        NonFiniteRows = _nonFinite,
        MaxSumError = _sumError,
        Min = _min,
        Max = _max,
        RowSpread = _moments.Max(m => m.Count == 0 ? double.NaN : Math.Sqrt(m.Squares / m.Count)),
    };

    private void AddRow(ReadOnlySpan<float> row)
    {
        var (sum, finite, within) = (0.0, true, true);
        for (var k = 0; k < row.Length; k++)
        {
            var p = row[k];
            if (!float.IsFinite(p))
            {
                finite = false;
                continue;
            }

            sum += p;
            within &= p >= -RangeTolerance && p <= 1 + RangeTolerance;
            (_min, _max) = (Least(_min, p), -Least(-_max, -p));
            _moments[k].Add(p);
        }

        var error = _columns == 1 || !finite ? 0 : Math.Abs(sum - 1);
        if (_columns > 1 && finite)
            _sumError = double.IsNaN(_sumError) ? error : Math.Max(_sumError, error);
        if (!finite)
            _nonFinite++;
        if (!finite || !within || error > SumTolerance)
        {
            if (_invalid++ == 0)
                _firstInvalid = _rows;
        }

        if (_labels is not null)
            Judge(row, finite, _labels[_rows]);
        _rows++;
    }

    private void Judge(ReadOnlySpan<float> row, bool finite, int label)
    {
        // An answer with a number that is none is not right.
        if (!finite)
            return;
        row.CopyTo(_row.Scores);
        if (_columns == 1)
            (_row.Scores[0], _row.Scores[1]) = (1 - row[0], row[0]);
        _row.Label = label;
        var best = TensorPrimitives.IndexOfMax<float>(_row.Scores);
        if (best == label)
            _right++;
        Sample.Add(_row, best, _rows);
    }

    private static double Least(double least, double value) => double.IsNaN(least) ? value : Math.Min(least, value);
}
