namespace MLNetDebug.Data;

/// <summary>Seeded folds in which every class is spread evenly.</summary>
internal static class Folds
{
    /// <summary>Fold of each row, 0 to <paramref name="folds"/> - 1.</summary>
    public static int[] Stratified(ReadOnlySpan<int> classes, int folds, int seed)
    {
        // Rows in random order, then dealt out class by class, so that neither class nor fold sizes differ by more than one.
        var keys = classes.ToArray();
        int[] order = RowChoice.Permute([.. Enumerable.Range(0, keys.Length)], seed);
        int[] sorted = [.. order.OrderBy(i => keys[i])];
        var result = new int[keys.Length];
        for (var i = 0; i < sorted.Length; i++)
            result[sorted[i]] = i % folds;
        return result;
    }
}
