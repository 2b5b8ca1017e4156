namespace MLNetDebug.Data;

/// <summary>
/// Takes the label of every row, one call per row, in bounded memory. Parts of a data set merge to what one pass over the whole
/// gives (sums of reals but for rounding).
/// </summary>
internal sealed partial class LabelAccumulator
{
    private readonly LabelColumn _column;
    private readonly int _batchSize;
    private long _firstRow;
    private RowList _missing = new();
    private RowList _infinite = new();
    private ClassTable _classes = new();
    private LabelBatches _batches;
    private PositionBlocks _blocks;
    private LabelSequence _sequence = new();
    private LabelRuns _runs;
    private LagSums _lags;
    private long _nextRow;
    private long _nonInteger, _negative, _zeros, _positiveInfinities;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    /// <param name="column">What the schema says of the label.</param>
    /// <param name="batchSize">Rows per batch, at least 1.</param>
    /// <param name="firstRow">Position of the first row that will be added.</param>
    public LabelAccumulator(LabelColumn column, int batchSize, long firstRow = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        (_column, _batchSize, _firstRow, _nextRow) = (column, batchSize, firstRow, firstRow);
        _batches = new LabelBatches(batchSize, firstRow);
        _blocks = new PositionBlocks(firstRow);
    }

    /// <summary>Takes the next row.</summary>
    /// <param name="value">Class value, number or 1-based key; NaN where missing.</param>
    public void Add(double value)
    {
        var row = _nextRow++;
        _lags.Add(value);
        if (!double.IsFinite(value))
        {
            AddUnusable(value, row);
            return;
        }

        _sequence.Add((float)value);
        if (value < 0)
            _negative++;
        else if (value == 0)
            _zeros++;
        if (value != Math.Floor(value))
            _nonInteger++;
        if (value < _min)
            _min = value;
        if (value > _max)
            _max = value;
        _runs.Add(value);
        var classIndex = -1;
        if (!_classes.Overflowed)
        {
            classIndex = _classes.Add(value);
            if (classIndex < 0)
                _blocks.GiveUpClasses();
            else
                _batches.Add(row, classIndex);
        }

        _blocks.Add(_blocks.BlockOf(row), value, classIndex);
    }

    /// <summary>Two neighbouring parts as one.</summary>
    /// <param name="earlier">The part that comes first; not usable afterwards.</param>
    /// <param name="later">The part that begins where it ends; not usable afterwards.</param>
    /// <returns>The whole.</returns>
    /// <exception cref="ArgumentException">The parts do not follow each other, or were not made alike.</exception>
    public static LabelAccumulator Merge(LabelAccumulator earlier, LabelAccumulator later)
    {
        if (later._firstRow != earlier._nextRow)
            throw new ArgumentException($"The later part begins at row {later._firstRow}, the earlier one ends before row {earlier._nextRow}.", nameof(later));
        if (later._batchSize != earlier._batchSize)
            throw new ArgumentException($"The parts were read at batch sizes {earlier._batchSize} and {later._batchSize}.", nameof(later));
        earlier.Append(later);
        return earlier;
    }

    /// <summary>Renames class values, for texts that parts numbered each on their own.</summary>
    /// <param name="map">The new value of each old one, one to one.</param>
    public void Recode(Func<double, double> map)
    {
        _classes.Recode(map);
        _sequence.Recode(map);
        _runs.Recode(map);
    }

    /// <summary>What was seen.</summary>
    /// <param name="task">What is to be learned: says whether labels are classes; where unknown, the values do.</param>
    public LabelProfile ToProfile(LearningTask task)
    {
        var rows = _nextRow - _firstRow;
        var moments = _blocks.Total();
        var infinite = _infinite.Count;
        var sequence = _sequence.ToArray();
        return new LabelProfile
        {
            Name = _column.Name,
            Kind = _column.Kind,
            TypeText = _column.TypeText,
            Count = rows,
            Missing = _missing.Count,
            MissingRows = _missing.First,
            Infinite = infinite,
            InfiniteRows = _infinite.First,
            NonInteger = _nonInteger,
            Negative = _negative,
            Classes = LabelClasses.List(_classes, _column),
            TooManyClasses = _classes.Overflowed,
            KeyCount = _column.KeyCount,
            HasKeyValues = _column.HasKeyValues,
            AbsentKeyCount = LabelClasses.CountAbsent(_classes, _column),
            AbsentKeys = LabelClasses.NameAbsent(_classes, _column),
            Moments = _column.Kind == ColumnKind.Text ? null : new SlotProfile
            {
                Index = 0,
                Name = _column.Name,
                Count = rows,
                Missing = _missing.Count,
                PositiveInfinities = _positiveInfinities,
                NegativeInfinities = infinite - _positiveInfinities,
                Zeros = _zeros,
                Min = moments.Count == 0 ? double.NaN : _min,
                Max = moments.Count == 0 ? double.NaN : _max,
                Mean = moments.Mean,
                Variance = moments.Variance,
                Lag1 = _lags.Correlation(moments),
                MissingRows = [.. _missing.First.Take(5)],
                InfiniteRows = [.. _infinite.First.Take(5)],
            },
            Order = LabelOrderMeasure.IsClassification(task, _column.Kind, _classes, _nonInteger)
                ? LabelOrderMeasure.OfClasses(_runs, _classes, _blocks, _batches, _batchSize)
                : LabelOrderMeasure.OfNumbers(_runs, _blocks, sequence),
            Sequence = sequence,
        };
    }

    private void Append(LabelAccumulator later)
    {
        _nextRow = later._nextRow;
        _missing.Append(later._missing);
        _infinite.Append(later._infinite);
        _sequence.Append(later._sequence);
        _runs.Append(later._runs);
        _lags.Append(later._lags);
        _nonInteger += later._nonInteger;
        _negative += later._negative;
        _zeros += later._zeros;
        _positiveInfinities += later._positiveInfinities;
        _min = Math.Min(_min, later._min);
        _max = Math.Max(_max, later._max);

        var map = _classes.Append(later._classes);
        if (_classes.Overflowed)
            _blocks.GiveUpClasses();
        else
            _batches.Append(later._batches, map);
        _blocks.Append(later._blocks, map);
    }

    private void AddUnusable(double value, long row)
    {
        _sequence.Add(float.NaN);
        if (!_classes.Overflowed)
            _batches.Add(row, -1);
        if (double.IsNaN(value))
        {
            _missing.Add(row);
            return;
        }

        _infinite.Add(row);
        if (value > 0)
            _positiveInfinities++;
    }
}
