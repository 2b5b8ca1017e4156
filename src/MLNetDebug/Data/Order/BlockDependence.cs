namespace MLNetDebug.Data;

/// <summary>Dependence of the label on the block of positions a row stands in.</summary>
internal static class BlockDependence
{
    /// <summary>
    /// Cramér's V corrected for chance (Bergsma, J. Korean Stat. Soc. 42, 2013) and the p-value of the chi-square, from its exact
    /// permutation moments.
    /// </summary>
    /// <param name="blocks">Class counts by block.</param>
    /// <param name="counts">Rows per class.</param>
    /// <param name="together">So many neighbouring blocks are read as one.</param>
    public static (double Effect, double PValue) OfClasses(PositionBlocks blocks, ReadOnlySpan<long> counts, int together)
    {
        double n = 0, classes = counts.Length;
        foreach (var count in counts)
            n += count;

        double groups = 0, inverseGroups = 0, sum = 0;
        for (int first = 0, end; first < blocks.Used; first = end)
        {
            var rows = Rows(blocks, first, end = Math.Min(first + together, blocks.Used));
            // A short last block would make much of one rare row: it goes with the one before.
            if (end + together >= blocks.Used && Rows(blocks, end, blocks.Used) * 2 < rows)
                rows += Rows(blocks, end, end = blocks.Used);
            if (rows == 0)
                continue;
            groups++;
            inverseGroups += 1.0 / rows;
            for (var c = 0; c < counts.Length; c++)
            {
                double here = 0;
                for (var b = first; b < end; b++)
                    here += blocks.CountOf(b, c);
                sum += here * here / ((double)rows * counts[c]);
            }
        }

        var df = (groups - 1) * (classes - 1);
        if (n < 4 || df <= 0)
            return (0, 1);
        var chiSquare = (sum - 1) * (n - 1);
        var p = ChiSquareTest.OfClasses(chiSquare, n, groups, inverseGroups, counts);
        var phi = chiSquare / (n - 1) - df / (n - 1);
        var room = Math.Min(groups - 1 - (groups - 1) * (groups - 1) / (n - 1), classes - 1 - (classes - 1) * (classes - 1) / (n - 1));
        return (phi > 0 && room > 0 ? Math.Min(1, Math.Sqrt(phi / room)) : 0, p);
    }

    /// <summary>Square root of the blocks' share of variance, corrected for chance, and the p-value of the analysis of variance.</summary>
    public static (double Effect, double PValue) OfNumbers(PositionBlocks blocks)
    {
        var total = blocks.Total();
        double between = 0, groups = 0;
        for (var b = 0; b < blocks.Used; b++)
        {
            ref readonly var moments = ref blocks.MomentsOf(b);
            if (moments.Count == 0)
                continue;
            groups++;
            var off = moments.Mean - total.Mean;
            between += moments.Count * off * off;
        }

        var n = (double)total.Count;
        if (groups < 2 || n <= groups || !(total.Squares > 0) || !double.IsFinite(total.Squares))
            return (0, 1);
        var h = (n - 1) * between / total.Squares;
        var share = (h - groups + 1) / (n - groups);
        return (share > 0 ? Math.Min(1, Math.Sqrt(share)) : 0, GammaTail.Upper(h, groups - 1, 2 * (groups - 1)));
    }

    private static long Rows(PositionBlocks blocks, int first, int end)
    {
        var rows = 0L;
        for (var b = first; b < end; b++)
            rows += blocks.MomentsOf(b).Count;
        return rows;
    }
}
