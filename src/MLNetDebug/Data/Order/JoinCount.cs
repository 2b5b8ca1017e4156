namespace MLNetDebug.Data;

/// <summary>
/// The number of neighbouring rows with equal label, against every permutation of the same labels: exact mean and variance
/// (join counts on a path, Moran 1948), upper tail by a gamma of the same moments, which holds with rare classes too.
/// </summary>
internal readonly record struct JoinCount(double Expected, double Variance, double Z, double Excess, double PValue)
{
    /// <param name="counts">Rows per class.</param>
    /// <param name="equalPairs">Neighbouring labelled rows with equal label.</param>
    public static JoinCount Test(ReadOnlySpan<long> counts, long equalPairs)
    {
        double n = 0, pairs = 0, triples = 0, quadruples = 0, pairsSquared = 0, most = 0;
        foreach (var count in counts)
        {
            var c = (double)count;
            n += c;
            most = Math.Max(most, c);
            var two = c * (c - 1);
            pairs += two;
            pairsSquared += two * two;
            triples += two * (c - 2);
            quadruples += two * (c - 2) * (c - 3);
        }

        if (n < 2)
            return new JoinCount(0, 0, 0, 0, 1);

        var expected = pairs / n;
        var second = expected;
        if (n > 2)
            second += 2 * (n - 2) * triples / (n * (n - 1) * (n - 2));
        if (n > 3)
            second += (pairs * pairs - pairsSquared + quadruples) / (n * (n - 1));
        var variance = Math.Max(0, second - expected * expected);
        var z = variance > 0 ? (equalPairs - expected) / Math.Sqrt(variance) : 0;
        var room = n - 1 - expected;
        // The fewest joins these labels can have: a majority must stand together, all others can be kept apart.
        var fewest = Math.Max(0, 2 * most - n - 1);
        var p = GammaTail.Upper(equalPairs - fewest - 0.5, expected - fewest, variance);
        return new JoinCount(expected, variance, z, room > 0 ? (equalPairs - expected) / room : 0, p);
    }
}
