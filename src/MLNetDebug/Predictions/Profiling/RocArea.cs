namespace MLNetDebug.Predictions;

/// <summary>The area under the ROC curve with its standard error.</summary>
/// <param name="Area">The chance that a positive row scores higher than a negative one, ties counted half.</param>
/// <param name="StandardError">
/// By DeLong, DeLong and Clarke-Pearson (1988), and no smaller than that of scores which tell nothing apart (Mann and Whitney 1947): theirs vanishes
/// where few rows happen to be ranked without a fault.
/// </param>
internal readonly record struct RocArea(double Area, double StandardError)
{
    /// <summary>Measures; null where one side has no row.</summary>
    /// <param name="scores">Scores; sorted in place.</param>
    /// <param name="positive">Whether each is of a positive row; reordered with them.</param>
    public static RocArea? Of(float[] scores, bool[] positive)
    {
        Array.Sort(scores, positive);
        double m = positive.Count(p => p), n = positive.Length - m;
        if (m == 0 || n == 0)
            return null;

        // Placement of a positive row: share of the negatives below it; of a negative row: share of the positives above it.
        double sum = 0, squaresOfPositives = 0, squaresOfNegatives = 0, positivesBelow = 0, negativesBelow = 0, ties = 0;
        for (int start = 0, end; start < scores.Length; start = end)
        {
            double ofPositives = 0;
            for (end = start; end < scores.Length && scores[end] == scores[start]; end++)
                ofPositives += positive[end] ? 1 : 0;
            var size = (double)(end - start);
            var ofNegatives = size - ofPositives;
            var below = (negativesBelow + ofNegatives / 2) / n;
            var above = (m - positivesBelow - ofPositives / 2) / m;
            sum += ofPositives * below;
            squaresOfPositives += ofPositives * below * below;
            squaresOfNegatives += ofNegatives * above * above;
            ties += size * size * size - size;
            positivesBelow += ofPositives;
            negativesBelow += ofNegatives;
        }

        var area = sum / m;
        var total = n + m;
        var ofNothing = (total + 1 - ties / (total * (total - 1))) / (12 * n * m);
        var delong = Variance(squaresOfPositives, m, area) / m + Variance(squaresOfNegatives, n, area) / n;
        return new RocArea(area, Math.Sqrt(Math.Max(delong, ofNothing)));
    }

    private static double Variance(double squares, double count, double mean) =>
        count < 2 ? 0 : Math.Max(0, (squares - count * mean * mean) / (count - 1));
}
