using System.Numerics.Tensors;

namespace MLNetDebug.Data;

/// <summary>Compares the rank correlations of all pairs of numeric columns of two splits.</summary>
internal static class CorrelationComparer
{
    /// <summary>At most so many columns, those that vary first in schema order.</summary>
    public const int MaxColumns = 60;

    /// <summary>At most so many sampled rows of each split.</summary>
    public const int MaxRows = 20_000;

    /// <summary>Fewer complete pairs of values cannot carry a correlation.</summary>
    public const int MinRows = 30;

    /// <summary>Smaller differences are not kept, and no floor may lie below: the robust p-value is not computed for them.</summary>
    public const double SmallestDifference = 0.05;

    private const int MaxChanges = 100;

    /// <summary>Compares.</summary>
    /// <param name="columns">Sampled numeric columns of both splits.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The comparison; null where there is no pair or too few rows.</returns>
    public static CorrelationComparison? Compare(IReadOnlyList<(SampleColumn Train, SampleColumn Test)> columns, CancellationToken cancellation)
    {
        if (columns.Count == 0 || columns[0].Train.Count < MinRows || columns[0].Test.Count < MinRows)
            return null;
        var candidates = columns.Where(c => Varies(c.Train) && Varies(c.Test)).ToArray();
        var used = candidates.Take(MaxColumns).ToArray();
        if (used.Length < 2)
            return null;

        var train = Array.ConvertAll(used, c => RankScores(c.Train));
        cancellation.ThrowIfCancellationRequested();
        var test = Array.ConvertAll(used, c => RankScores(c.Test));
        int n = train[0].Length, m = test[0].Length;
        var rows = new List<PairChange>[used.Length];
        Parallel.For(0, used.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            rows[i] = [];
            for (var j = 0; j < i; j++)
            {
                double r1 = TensorPrimitives.Dot<float>(train[i], train[j]) / n, r2 = TensorPrimitives.Dot<float>(test[i], test[j]) / m;
                if (Math.Abs(r1 - r2) < SmallestDifference)
                    continue;
                var p = Math.Max(
                    CorrelationDifference.PValue(r1, n, r2, m),
                    CorrelationDifference.RobustPValue(r1, train[i], train[j], r2, test[i], test[j]));
                rows[i].Add(new PairChange(used[j].Train.Subject, used[i].Train.Subject, r1, r2, p));
            }
        });

        return new CorrelationComparison
        {
            TrainRows = n,
            TestRows = m,
            Columns = used.Length,
            LeftOut = candidates.Length - used.Length,
            Pairs = used.Length * (used.Length - 1) / 2,
            Changes = [.. rows.SelectMany(r => r).OrderBy(c => c.PValue).ThenByDescending(c => Math.Abs(c.Train - c.Test)).Take(MaxChanges)],
        };
    }

    // A column whose values are nearly all one value has correlations that hang on a handful of rows.
    private static bool Varies(SampleColumn column)
    {
        var sorted = SortedValues.Of(Thinned(column));
        if (sorted.Length < MinRows)
            return false;
        int longest = 0, run = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }

        return sorted.Length - longest >= MinRows && longest <= 0.95 * sorted.Length;
    }

    // Every k-th sampled row: the sample itself is hashed, so no period of the data can hide in the step.
    private static float[] Thinned(SampleColumn column)
    {
        var step = (column.Count + MaxRows - 1) / MaxRows;
        var values = new float[(column.Count + step - 1) / step];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)column.Number(i * step);
        return values;
    }

    // Mid-ranks brought to mean 0 and variance 1; missing values stand at 0, which draws correlations of both splits alike towards 0.
    private static float[] RankScores(SampleColumn column)
    {
        var values = Thinned(column);
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var keys = (float[])values.Clone();
        Array.Sort(keys, order);
        var first = Array.FindIndex(keys, v => !float.IsNaN(v));
        var scores = new float[values.Length];
        double middle = (keys.Length - first - 1) / 2.0, squares = 0;
        for (int start = first, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                end++;
            var score = (start + end - 1) / 2.0 - first - middle;
            squares += score * score * (end - start);
            for (var k = start; k < end; k++)
                scores[order[k]] = (float)score;
        }

        var scale = (float)Math.Sqrt(values.Length / squares);
        for (var i = 0; i < scores.Length; i++)
            scores[i] *= scale;
        return scores;
    }
}
