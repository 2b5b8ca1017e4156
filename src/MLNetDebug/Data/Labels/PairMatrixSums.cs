namespace MLNetDebug.Data;

/// <summary>
/// The three sums of a matrix with empty diagonal that the permutation distribution of sum_ij W_ij B_p(i)p(j) depends on (Mantel, Cancer
/// Research 27, 1967; Cliff and Ord, Spatial Autocorrelation, 1973): S0 = sum W_ij, S1 = sum (W_ij + W_ji)^2 / 2, S2 = sum_i (W_i. + W_.i)^2.
/// </summary>
/// <param name="S0">Sum of all entries.</param>
/// <param name="S1">Half the sum of squares of the symmetrised entries.</param>
/// <param name="S2">Sum of squares of row sums plus column sums.</param>
internal readonly record struct PairMatrixSums(double S0, double S1, double S2)
{
    /// <summary>Matrix of equal labels: entry 1 where two different rows carry the same class.</summary>
    public static PairMatrixSums OfEqualClasses(ReadOnlySpan<int> counts)
    {
        double pairs = 0, s2 = 0;
        foreach (double count in counts)
        {
            pairs += count * (count - 1);
            s2 += 4 * count * (count - 1) * (count - 1);
        }

        return new PairMatrixSums(pairs, 2 * pairs, s2);
    }

    /// <summary>Matrix of products of scores that sum to 0.</summary>
    public static PairMatrixSums OfProducts(ReadOnlySpan<double> scores)
    {
        double squares = 0, fourths = 0;
        foreach (var score in scores)
        {
            squares += score * score;
            fourths += score * score * score * score;
        }

        return new PairMatrixSums(-squares, 2 * (squares * squares - fourths), 4 * fourths);
    }

    /// <summary>Mean and variance of sum_ij W_ij B_p(i)p(j) over all permutations p of <paramref name="n"/> rows, exactly; n of at least 4.</summary>
    public static (double Mean, double Variance) Moments(PairMatrixSums w, PairMatrixSums b, int n)
    {
        double m = n;
        var mean = w.S0 * b.S0 / (m * (m - 1));
        var square = w.S1 * b.S1 / (2 * m * (m - 1))
            + (w.S2 - 2 * w.S1) * (b.S2 - 2 * b.S1) / (4 * m * (m - 1) * (m - 2))
            + (w.S0 * w.S0 + w.S1 - w.S2) * (b.S0 * b.S0 + b.S1 - b.S2) / (m * (m - 1) * (m - 2) * (m - 3));
        return (mean, Math.Max(0, square - mean * mean));
    }
}
