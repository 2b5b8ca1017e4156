namespace MLNetDebug.Data;

/// <summary>Ranks 1..n with ties sharing the mean of theirs.</summary>
internal static class MidRanks
{
    /// <param name="values">Values in row order; NaN where missing.</param>
    /// <returns>Mid-ranks in the same order; NaN where missing.</returns>
    public static float[] Of(ReadOnlySpan<float> values)
    {
        var rows = new int[values.Length];
        var sorted = new float[values.Length];
        var n = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
                continue;
            rows[n] = i;
            sorted[n++] = values[i];
        }

        Array.Sort(sorted, rows, 0, n);
        var ranks = new float[values.Length];
        Array.Fill(ranks, float.NaN);
        for (int start = 0, end; start < n; start = end)
        {
            for (end = start + 1; end < n && sorted[end] == sorted[start];)
                end++;
            for (var i = start; i < end; i++)
                ranks[rows[i]] = (start + 1 + end) / 2f;
        }

        return ranks;
    }
}
