using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// Judged rows kept whole. A row belongs to level L if the lowest L bits of its hashed position are zero; the level is the least at which no more than
/// the bound belong, so that the sample depends on nothing but the rows.
/// </summary>
internal sealed class PredictionSample
{
    /// <summary>Scores kept in all: 16 MB.</summary>
    private const int CellBudget = 4_000_000;

    private readonly int _cells;
    private int _level;
    private long[] _positions = [];
    private double[] _labels = [];
    private int[] _predicted = [];
    private float[] _values = [];

    public PredictionSample(PredictionLayout layout, int maxRows = PredictionProfile.MaxSampledRows)
    {
        Layout = layout;
        _cells = layout.Width + (layout.HasProbability ? 1 : 0);
        Bound = Math.Clamp(CellBudget / _cells, 1, maxRows);
    }

    public PredictionLayout Layout { get; }

    /// <summary>At most so many rows.</summary>
    public int Bound { get; }

    public int Count { get; private set; }

    /// <summary>True class counted from 0, or target.</summary>
    public double Label(int i) => _labels[i];

    /// <summary>Predicted class counted from 0; -1 for none.</summary>
    public int Predicted(int i) => _predicted[i];

    public ReadOnlySpan<float> Scores(int i) => _values.AsSpan(i * _cells, Layout.Width);

    public float Probability(int i) => _values[i * _cells + Layout.Width];

    /// <summary>One of two halves that do not depend on the rows' order or content.</summary>
    public bool IsInSecondHalf(int i) => Mix.Hash((ulong)_positions[i]) >> 63 != 0;

    public void Add(ScoredRow row, int predicted, long position)
    {
        if (!SampleBuffer.Belongs(position, _level))
            return;
        while (Count == Bound)
        {
            _level++;
            Thin();
            if (!SampleBuffer.Belongs(position, _level))
                return;
        }

        Reserve(Count + 1);
        (_positions[Count], _labels[Count], _predicted[Count]) = (position, row.Label, predicted);
        row.Scores.CopyTo(_values, Count * _cells);
        if (Layout.HasProbability)
            _values[Count * _cells + Layout.Width] = row.Probability;
        Count++;
    }

    private void Thin()
    {
        var kept = 0;
        for (var i = 0; i < Count; i++)
        {
            if (!SampleBuffer.Belongs(_positions[i], _level))
                continue;
            (_positions[kept], _labels[kept], _predicted[kept]) = (_positions[i], _labels[i], _predicted[i]);
            _values.AsSpan(i * _cells, _cells).CopyTo(_values.AsSpan(kept * _cells));
            kept++;
        }

        Count = kept;
    }

    private void Reserve(int rows)
    {
        if (rows <= _positions.Length)
            return;
        var capacity = Growth.Next(_positions.Length, rows, Bound);
        Growth.Resize(ref _positions, capacity, Count);
        Growth.Resize(ref _labels, capacity, Count);
        Growth.Resize(ref _predicted, capacity, Count);
        Growth.Resize(ref _values, capacity * _cells, Count * _cells);
    }
}
