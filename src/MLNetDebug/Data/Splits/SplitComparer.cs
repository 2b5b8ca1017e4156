namespace MLNetDebug.Data;

/// <summary>Compares two profiles of one schema: the sampled values column by column, the exact counts, rows and groups.</summary>
internal static class SplitComparer
{
    /// <summary>Compares.</summary>
    /// <param name="train">The training split.</param>
    /// <param name="test">The hold-out split.</param>
    /// <param name="cancellation">Cancels.</param>
    public static SplitComparison Compare(DataProfile train, DataProfile test, CancellationToken cancellation)
    {
        var (trainRows, testRows) = (OneRowPerGroup.Of(train), OneRowPerGroup.Of(test));
        var pairs = SlotPairs.Match(trainRows, testRows);
        var columns = new ColumnComparison?[pairs.Slots.Count];
        Parallel.For(0, columns.Length, Parallelism.With(cancellation), () => new ColumnComparer(), (i, _, comparer) =>
        {
            columns[i] = comparer.Compare(pairs.Slots[i]);
            return comparer;
        }, _ => { });

        var label = LabelComparer.Compare(trainRows, testRows);
        var numeric = pairs.Slots.Where(p => !p.Train.IsCategorical).Select(p => (p.Train, p.Test)).ToArray();
        return new SplitComparison
        {
            TrainName = train.Name,
            TestName = test.Name,
            TrainRows = train.RowCount,
            TestRows = test.RowCount,
            Declaration = train.Declaration,
            Columns = [.. columns.OfType<ColumnComparison>()],
            NotCompared = pairs.NotCompared,
            Label = label,
            LabelNotCompared = label is null ? LabelComparer.WhyNot(train, test) : null,
            Correlations = CorrelationComparer.Compare(numeric, cancellation),
            Leakage = train.Fingerprints is { } a && test.Fingerprints is { } b ? RowLeakageComparer.Compare(a, b) : null,
            Groups = GroupComparer.Compare(train, test),
            Time = TimeComparer.Compare(train, test),
        };
    }
}
