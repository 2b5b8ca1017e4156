using MathNet.Numerics.Distributions;

namespace MLNetDebug.Data;

/// <summary>Labels of some rows as the agreement statistics take them: classes, or normal scores of a real-valued target.</summary>
internal sealed class LabelScores
{
    private LabelScores(int[]? classes, int classCount, double[]? scores)
    {
        Classes = classes;
        ClassCount = classCount;
        Scores = scores;
        var counts = new int[classCount];
        foreach (var c in classes ?? [])
            counts[c]++;
        Sums = classes is not null ? PairMatrixSums.OfEqualClasses(counts) : PairMatrixSums.OfProducts(scores);

        // Sum of squares of the centred scores: for classes, of the centred one-hot columns together.
        Total = classes is not null
            ? classes.Length - counts.Sum(c => (double)c * c) / classes.Length
            : scores!.Sum(s => s * s);
        ClassesPresent = counts.Count(c => c > 0);
    }

    /// <summary>Class index by row; null for a real-valued target.</summary>
    public int[]? Classes { get; }

    public int ClassCount { get; }

    /// <summary>Classes that stand on at least one row.</summary>
    public int ClassesPresent { get; }

    /// <summary>Normal scores by row, mean 0; null for classes.</summary>
    public double[]? Scores { get; }

    public PairMatrixSums Sums { get; }

    public double Total { get; }

    public int Count => Classes?.Length ?? Scores!.Length;

    public static LabelScores OfClasses(int[] classes, int classCount) => new(classes, classCount, null);

    /// <summary>Van der Waerden's normal scores of mid-ranks: no single extreme target decides.</summary>
    public static LabelScores OfTargets(ReadOnlySpan<float> targets)
    {
        var n = targets.Length;
        var keys = targets.ToArray();
        var order = new int[n];
        for (var i = 0; i < n; i++)
            order[i] = i;
        Array.Sort(keys, order);
        var scores = new double[n];
        for (var start = 0; start < n;)
        {
            var end = start + 1;
            while (end < n && keys[end] == keys[start])
                end++;
            var score = Normal.InvCDF(0, 1, ((start + end + 1) / 2.0) / (n + 1));
            for (; start < end; start++)
                scores[order[start]] = score;
        }

        var mean = scores.Average();
        for (var i = 0; i < n; i++)
            scores[i] -= mean;
        return new LabelScores(null, 0, scores);
    }

    /// <summary>Similarity of two rows' labels.</summary>
    public double Similarity(int a, int b) => Classes is not null ? (Classes[a] == Classes[b] ? 1 : 0) : Scores![a] * Scores[b];
}
