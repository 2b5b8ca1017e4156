namespace MLNetDebug.Data;

/// <summary>Seeded choices among rows.</summary>
internal static class RowChoice
{
    /// <summary>At most so many of the rows given, each equally likely, in ascending order.</summary>
    public static int[] Sample(int[] rows, int most, int seed)
    {
        if (rows.Length <= most)
            return rows;
        var shuffled = Permute([.. rows], seed);
        var chosen = shuffled[..most];
        Array.Sort(chosen);
        return chosen;
    }

    /// <summary>Permutes in place (Fisher and Yates).</summary>
    public static int[] Permute(int[] rows, int seed)
    {
        var random = new Random(seed);
        random.Shuffle(rows);
        return rows;
    }
}
