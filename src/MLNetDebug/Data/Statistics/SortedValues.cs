namespace MLNetDebug.Data;

/// <summary>Sorts sampled values into a buffer that serves one column after the other. One per thread.</summary>
internal sealed class SortedValues
{
    private readonly RowSorter _sorter;
    private double[] _values = [];

    /// <param name="sorter">The sorter, which several buffers of one thread may share.</param>
    public SortedValues(RowSorter sorter)
    {
        _sorter = sorter;
    }

    /// <summary>The finite values of a column of numbers in ascending order; valid until the next call.</summary>
    /// <param name="column">The column.</param>
    /// <param name="asSingles">True to round to 32-bit floats, where the other side of a comparison has no more.</param>
    public ReadOnlySpan<double> Of(SampleColumn column, bool asSingles = false)
    {
        _sorter.Sort(column);
        var rows = _sorter.Rows;
        if (_values.Length < rows.Length)
            _values = new double[rows.Length];
        var sorted = _values.AsSpan(0, rows.Length);
        if (column.Singles is { } singles)
        {
            for (var i = 0; i < sorted.Length; i++)
                sorted[i] = singles[rows[i]];
        }
        else
        {
            var doubles = column.Doubles!;
            for (var i = 0; i < sorted.Length; i++)
                sorted[i] = asSingles ? (float)doubles[rows[i]] : doubles[rows[i]];
        }

        return sorted;
    }

    /// <summary>The finite ones of these values in ascending order.</summary>
    public static double[] Of(ReadOnlySpan<float> values)
    {
        var sorted = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                sorted[count++] = value;
        }

        Array.Resize(ref sorted, count);
        Array.Sort(sorted);
        return sorted;
    }
}
