namespace MLNetDebug.Data;

/// <summary>Ranks 1..n with ties sharing the mean of theirs.</summary>
internal static class MidRanks
{
    /// <param name="values">Values in row order; NaN where missing.</param>
    /// <returns>Mid-ranks in the same order; NaN where the value is not finite.</returns>
    public static float[] Of(float[] values)
    {
        var sorter = new RowSorter();
        sorter.Sort(values);
        var ranks = new float[values.Length];
        Array.Fill(ranks, float.NaN);
        for (var run = 0; run < sorter.RunCount; run++)
        {
            var (start, end) = (sorter.Runs[run], sorter.Runs[run + 1]);
            foreach (var row in sorter.Rows[start..end])
                ranks[row] = (start + 1 + end) / 2f;
        }

        return ranks;
    }
}
