namespace MLNetDebug.Data;

/// <summary>Sorts sampled values.</summary>
internal static class SortedValues
{
    [ThreadStatic]
    private static RowSorter? _sorter;

    /// <summary>A sorter of this thread's own, so that its buffers serve one column after the other.</summary>
    public static RowSorter Sorter => _sorter ??= new RowSorter();

    /// <summary>The finite values of a sampled column in ascending order; -0 counts as 0.</summary>
    /// <param name="column">A column of numbers.</param>
    /// <param name="asSingles">True to round to 32-bit floats, where the other side of a comparison has no more.</param>
    public static double[] Of(SampleColumn column, bool asSingles = false)
    {
        var sorter = Sorter;
        sorter.Sort(column);
        var rows = sorter.Rows;
        var sorted = new double[rows.Length];
        if (column.Singles is { } singles)
        {
            for (var i = 0; i < rows.Length; i++)
                sorted[i] = singles[rows[i]] + 0.0;
        }
        else
        {
            for (var i = 0; i < rows.Length; i++)
                sorted[i] = asSingles ? (float)column.Doubles![rows[i]] + 0.0 : column.Doubles![rows[i]] + 0.0;
        }

        return sorted;
    }

    /// <summary>The finite ones of these values in ascending order; -0 counts as 0.</summary>
    public static double[] Of(ReadOnlySpan<float> values)
    {
        var sorted = new double[values.Length];
        var count = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                sorted[count++] = value + 0.0;
        }

        Array.Resize(ref sorted, count);
        Array.Sort(sorted);
        return sorted;
    }
}
