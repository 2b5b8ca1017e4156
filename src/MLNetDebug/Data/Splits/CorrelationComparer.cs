using System.Numerics.Tensors;

namespace MLNetDebug.Data;

/// <summary>Compares the rank correlations of all pairs of numeric columns of two splits.</summary>
internal static class CorrelationComparer
{
    /// <summary>At most so many columns, those that vary first in schema order.</summary>
    public const int MaxColumns = 60;

    /// <summary>At most so many sampled rows of each split.</summary>
    public const int MaxRows = 20_000;

    /// <summary>Fewer values, or fewer apart from the most frequent one, cannot carry a correlation.</summary>
    public const int MinRows = 30;

    /// <summary>Smaller differences are not kept, and no floor may lie below: the robust p-value is not computed for them.</summary>
    public const double SmallestDifference = 0.05;

    private const int MaxChanges = 100;
    private const double MaxShareOfOneValue = 0.95;

    private sealed record Scores(Subject Subject, float[] Train, float[] Test);

    /// <summary>Compares.</summary>
    /// <param name="columns">Sampled numeric columns of both splits.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The comparison; null where there is no pair or too few rows.</returns>
    public static CorrelationComparison? Compare(IReadOnlyList<(SampleColumn Train, SampleColumn Test)> columns, CancellationToken cancellation)
    {
        if (columns.Count < 2 || columns[0].Train.Count < MinRows || columns[0].Test.Count < MinRows)
            return null;
        var (used, left) = Choose(columns, cancellation);
        if (used.Length < 2)
            return null;

        int n = used[0].Train.Length, m = used[0].Test.Length;
        var changes = new List<PairChange>[used.Length];
        Parallel.For(0, used.Length, Parallelism.With(cancellation), i =>
            changes[i] = [.. Enumerable.Range(0, i).Select(j => Change(used[j], used[i])).OfType<PairChange>()]);
        return new CorrelationComparison
        {
            TrainRows = n,
            TestRows = m,
            Columns = used.Length,
            LeftOut = left,
            Pairs = used.Length * (used.Length - 1) / 2,
            Changes = [.. changes.SelectMany(c => c).OrderBy(c => c.PValue).ThenByDescending(c => c.Difference).Take(MaxChanges)],
        };
    }

    private static PairChange? Change(Scores x, Scores y)
    {
        int n = x.Train.Length, m = x.Test.Length;
        double train = TensorPrimitives.Dot<float>(x.Train, y.Train) / n, test = TensorPrimitives.Dot<float>(x.Test, y.Test) / m;
        if (Math.Abs(train - test) < SmallestDifference)
            return null;
        var p = Math.Max(
            CorrelationDifference.PValue(train, n, test, m),
            CorrelationDifference.RobustPValue(train, x.Train, y.Train, test, x.Test, y.Test));
        return new PairChange(x.Subject, y.Subject, train, test, p);
    }

    // The first columns that vary, looked at in blocks so that a wide table costs no more than a narrow one.
    private static (Scores[] Used, int LeftOut) Choose(IReadOnlyList<(SampleColumn Train, SampleColumn Test)> columns, CancellationToken cancellation)
    {
        var used = new List<Scores>();
        var next = 0;
        while (next < columns.Count && used.Count < MaxColumns)
        {
            var block = new Scores?[Math.Min(MaxColumns, columns.Count - next)];
            var start = next;
            Parallel.For(0, block.Length, Parallelism.With(cancellation), () => new RowSorter(), (i, _, sorter) =>
            {
                var (train, test) = columns[start + i];
                if (RankScores(train, sorter) is { } a && RankScores(test, sorter) is { } b)
                    block[i] = new Scores(train.Subject, a, b);
                return sorter;
            }, _ => { });
            used.AddRange(block.OfType<Scores>());
            next += block.Length;
        }

        var surplus = Math.Max(0, used.Count - MaxColumns);
        return ([.. used.Take(MaxColumns)], columns.Count - next + surplus);
    }

    // Every k-th sampled row: the sample itself is hashed, so no period of the data can hide in the step.
    private static SampleColumn Thinned(SampleColumn column)
    {
        var step = (column.Count + MaxRows - 1) / MaxRows;
        if (step <= 1)
            return column;
        var rows = (column.Count + step - 1) / step;
        return new SampleColumn
        {
            Column = column.Column,
            Slot = column.Slot,
            Kind = column.Kind,
            Role = column.Role,
            Subject = column.Subject,
            Singles = column.Singles is { } singles ? [.. Enumerable.Range(0, rows).Select(i => singles[i * step])] : null,
            Doubles = column.Doubles is { } doubles ? [.. Enumerable.Range(0, rows).Select(i => doubles[i * step])] : null,
        };
    }

    // Mid-ranks brought to mean 0 and variance 1; values that are not finite stand at 0, which draws correlations of both splits alike
    // towards 0. Null for a column whose values are nearly all one value: its correlations would hang on a handful of rows.
    private static float[]? RankScores(SampleColumn sampled, RowSorter sorter)
    {
        var column = Thinned(sampled);
        sorter.Sort(column);
        ReadOnlySpan<int> rows = sorter.Rows, runs = sorter.Runs;
        var longest = 0;
        for (var r = 0; r + 1 < runs.Length; r++)
            longest = Math.Max(longest, runs[r + 1] - runs[r]);
        if (rows.Length - longest < MinRows || longest > MaxShareOfOneValue * rows.Length)
            return null;

        var scores = new float[column.Count];
        double middle = (rows.Length - 1) / 2.0, squares = 0;
        for (var r = 0; r + 1 < runs.Length; r++)
        {
            var score = (runs[r] + runs[r + 1] - 1) / 2.0 - middle;
            squares += score * score * (runs[r + 1] - runs[r]);
            for (var k = runs[r]; k < runs[r + 1]; k++)
                scores[rows[k]] = (float)score;
        }

        var scale = (float)Math.Sqrt(scores.Length / squares);
        TensorPrimitives.Multiply(scores, scale, scores);
        return scores;
    }
}
