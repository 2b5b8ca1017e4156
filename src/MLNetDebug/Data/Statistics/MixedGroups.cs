namespace MLNetDebug.Data;

/// <summary>
/// Groups of equal rows under a random split: how many of them should stand on both sides. Natural duplicates fall where they
/// may; copies that leaked stand on both sides always.
/// </summary>
internal static class MixedGroups
{
    private const int Steps = 200;

    /// <summary>Bound on the probability that at least so many groups are mixed (Chernoff; exact where all of them are).</summary>
    /// <param name="groupsBySize">How many groups of each size, sizes at least 2.</param>
    /// <param name="mixed">Groups on both sides.</param>
    /// <param name="n">Rows of one split.</param>
    /// <param name="m">Rows of the other.</param>
    public static double PValue(IReadOnlyDictionary<int, long> groupsBySize, long mixed, long n, long m)
    {
        var sizes = groupsBySize.Select(g => (Share: ChanceToMix(g.Key, n, m), Groups: (double)g.Value)).ToArray();
        double groups = sizes.Sum(s => s.Groups), expected = sizes.Sum(s => s.Share * s.Groups);
        if (mixed <= expected || groups == 0)
            return 1;
        if (mixed >= groups)
            return Math.Exp(sizes.Sum(s => s.Groups * Math.Log(s.Share)));

        // The bound's exponent is convex in t; its derivative, the tilted mean less the count, changes sign once.
        double low = 0, high = 50;
        for (var step = 0; step < Steps; step++)
        {
            var t = (low + high) / 2;
            var mean = sizes.Sum(s => s.Groups * s.Share * Math.Exp(t) / (1 - s.Share + s.Share * Math.Exp(t)));
            (low, high) = mean < mixed ? (t, high) : (low, t);
        }

        return Math.Min(1, Math.Exp(sizes.Sum(s => s.Groups * Math.Log(1 - s.Share + s.Share * Math.Exp(low))) - low * mixed));
    }

    /// <summary>Chance that a group of so many rows stands on both sides of a random split.</summary>
    public static double ChanceToMix(int size, long n, long m) =>
        Math.Clamp(1 - RandomSplit.AllInSecond(size, n, m) - RandomSplit.AllInSecond(size, m, n), 0, 1);
}
