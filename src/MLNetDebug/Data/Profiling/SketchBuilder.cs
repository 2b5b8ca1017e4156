namespace MLNetDebug.Data;

/// <summary>Computes the sketches of all sampled slots, one after the other.</summary>
internal sealed class SketchBuilder
{
    /// <summary>At most so many rows go into the tests of order; a finer level of the same sample.</summary>
    private const int MaxOrderRows = 50_000;

    private const int MaxHitters = 16;

    private static readonly double[] Levels = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

    private readonly RowSorter _sorter = new();
    private readonly DataSample _sample;
    private readonly SampledLabels? _labels;
    private readonly long _rowCount;
    private readonly int[] _orderIndex;
    private readonly long[] _orderPositions;
    private readonly float[] _orderRanks;

    /// <param name="sample">The sample.</param>
    /// <param name="labelsAreClasses">True where the label is one of classes; null without a label.</param>
    /// <param name="firstRow">Position of the data set's first row.</param>
    /// <param name="rowCount">Rows of the whole data set.</param>
    public SketchBuilder(DataSample sample, bool? labelsAreClasses, long firstRow, long rowCount)
    {
        (_sample, _rowCount) = (sample, rowCount);
        _labels = sample.Labels is not null && labelsAreClasses is { } classes ? SampledLabels.Create(sample.Labels, classes) : null;
        _orderIndex = ChooseOrderRows(sample, out _orderPositions);
        _orderRanks = new float[_orderPositions.Length];
        for (var i = 0; i < _orderPositions.Length; i++)
            _orderPositions[i] -= firstRow;
    }

    public SlotSketch Build(SampleColumn column)
    {
        _sorter.Sort(column);
        var isText = column.Codes is not null;
        return new SlotSketch
        {
            Count = _sorter.Count,
            RankError = _sample.IsComplete || _sorter.Count == 0 ? 0 : Math.Sqrt(Math.Log(2 / 0.05) / (2.0 * _sorter.Count)),
            Quantiles = isText || _sorter.Count == 0 ? [] : [.. Levels.Select(level => Quantile(column, level))],
            Distinct = _sorter.RunCount,
            IsExact = _sample.IsComplete,
            HeavyHitters = HeavyHitters(column),
            Association = _labels is null || column.Role != ColumnRole.Feature
                ? null : AssociationMeasure.Measure(_sorter, column.IsCategorical, _labels),
            Order = isText || _rowCount < 2 ? null : Order(),
        };
    }

    private static int[] ChooseOrderRows(DataSample sample, out long[] positions)
    {
        var index = new int[sample.Count];
        var level = sample.Level;
        int count;
        do
        {
            count = 0;
            for (var row = 0; row < index.Length; row++)
                index[row] = SampleBuffer.Belongs(sample.Positions[row], level) ? count++ : -1;
            level++;
        }
        while (count > MaxOrderRows);

        positions = new long[count];
        for (var row = 0; row < index.Length; row++)
        {
            if (index[row] >= 0)
                positions[index[row]] = sample.Positions[row];
        }

        return index;
    }

    /// <summary>Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).</summary>
    private double Quantile(SampleColumn column, double level)
    {
        var rows = _sorter.Rows;
        var place = level * (rows.Length - 1);
        var index = (int)place;
        var low = column.Number(rows[index]);
        var share = place - index;
        return share == 0 ? low : low + (share * (column.Number(rows[index + 1]) - low));
    }

    private List<HeavyHitter> HeavyHitters(SampleColumn column)
    {
        var runs = _sorter.Runs;
        Span<(int Count, int Start)> best = stackalloc (int, int)[MaxHitters];
        var found = 0;
        for (var run = 0; run + 1 < runs.Length; run++)
        {
            var count = runs[run + 1] - runs[run];
            if (count < 2 || (found == MaxHitters && count <= best[^1].Count))
                continue;
            var place = found < MaxHitters ? found++ : MaxHitters - 1;
            for (; place > 0 && best[place - 1].Count < count; place--)
                best[place] = best[place - 1];
            best[place] = (count, runs[run]);
        }

        var hitters = new List<HeavyHitter>(found);
        foreach (var (count, start) in best[..found])
        {
            var row = _sorter.Rows[start];
            var text = column.Codes is null ? null : column.Texts?.GetValueOrDefault(column.Codes[row]);
            hitters.Add(new HeavyHitter(column.Codes is null ? column.Number(row) : column.Codes[row], text, count));
        }

        return hitters;
    }

    private SlotOrder? Order()
    {
        var rows = _sorter.Rows;
        var runs = _sorter.Runs;
        Array.Fill(_orderRanks, float.NaN);
        var below = 0;
        for (var run = 0; run + 1 < runs.Length; run++)
        {
            if (runs[run + 1] - runs[run] == 1)
            {
                var only = _orderIndex[rows[runs[run]]];
                if (only >= 0)
                    _orderRanks[only] = ++below;
                continue;
            }

            var members = rows[runs[run]..runs[run + 1]];
            var size = 0;
            foreach (var row in members)
                size += _orderIndex[row] >= 0 ? 1 : 0;
            if (size == 0)
                continue;
            var rank = below + ((size + 1) / 2f);
            foreach (var row in members)
            {
                if (_orderIndex[row] >= 0)
                    _orderRanks[_orderIndex[row]] = rank;
            }

            below += size;
        }

        return below < 2 ? null : SlotOrderTests.Compute(_orderRanks, _orderPositions, _rowCount);
    }
}
