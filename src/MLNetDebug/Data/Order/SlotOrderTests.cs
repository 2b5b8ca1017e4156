namespace MLNetDebug.Data;

/// <summary>
/// Six rank tests of one slot against the position of its rows: lag-1, Spearman and Kruskal-Wallis over position blocks, each on
/// the ranks and on their distance from the middle rank, which sees a change of spread.
/// </summary>
internal static class SlotOrderTests
{
    /// <summary>Equal blocks of positions.</summary>
    public const int Blocks = 20;

    /// <summary>Runs the tests.</summary>
    /// <param name="midRanks">Mid-rank 1..n of each sampled row in position order, NaN where missing.</param>
    /// <param name="positions">Zero-based positions of the rows, ascending.</param>
    /// <param name="rowCount">Rows of the whole data set.</param>
    public static SlotOrder Compute(ReadOnlySpan<float> midRanks, ReadOnlySpan<long> positions, long rowCount)
    {
        if (midRanks.Length != positions.Length)
            throw new ArgumentException($"{midRanks.Length} ranks were given for {positions.Length} positions.", nameof(midRanks));
        var n = 0;
        foreach (var rank in midRanks)
            n += float.IsNaN(rank) ? 0 : 1;
        var middle = (n + 1) / 2.0;
        // The distances' mean is not known beforehand, as ties change it.
        var distance = 0.0;
        foreach (var rank in midRanks)
            distance += float.IsNaN(rank) ? 0 : Math.Abs(rank - middle);

        var values = new ScoreOrder(n);
        var spread = new ScoreOrder(n);
        var scale = 1.0 / Math.Max(1, n);
        var meanDistance = distance * scale;
        var index = 0;
        for (var i = 0; i < midRanks.Length; i++)
        {
            if (float.IsNaN(midRanks[i]))
                continue;
            var block = (int)Math.Min(Blocks - 1, positions[i] * (double)Blocks / rowCount);
            var position = (index++ - (n - 1) / 2.0) * scale;
            var centred = midRanks[i] - middle;
            values.Add(centred * scale, position, positions[i], block);
            spread.Add((Math.Abs(centred) - meanDistance) * scale, position, positions[i], block);
        }

        var (lag, spreadLag) = (values.Lag(), spread.Lag());
        var (trend, spreadTrend) = (values.Spearman(), spread.Spearman());
        var (blocks, spreadBlocks) = (values.KruskalWallis(), spread.KruskalWallis());
        return new SlotOrder
        {
            Rows = n,
            RankLag1 = lag.Correlation,
            RankLag1P = lag.PValue,
            Spearman = trend.Correlation,
            SpearmanP = trend.PValue,
            BlockEffect = blocks.Effect,
            BlockP = blocks.PValue,
            SpreadLag1 = spreadLag.Correlation,
            SpreadLag1P = spreadLag.PValue,
            SpreadSpearman = spreadTrend.Correlation,
            SpreadSpearmanP = spreadTrend.PValue,
            SpreadBlockEffect = spreadBlocks.Effect,
            SpreadBlockP = spreadBlocks.PValue,
        };
    }
}
