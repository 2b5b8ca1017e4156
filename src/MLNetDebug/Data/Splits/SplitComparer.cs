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
        Parallel.For(0, columns.Length, new ParallelOptions { CancellationToken = cancellation }, i => columns[i] = Compare(pairs.Slots[i]));

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
            Label = LabelComparer.Compare(trainRows, testRows),
            Correlations = CorrelationComparer.Compare(numeric, cancellation),
            Leakage = train.Fingerprints is { } a && test.Fingerprints is { } b ? RowLeakageComparer.Compare(a, b) : null,
            Groups = GroupComparer.Compare(train, test),
            Time = TimeComparer.Compare(train, test),
        };
    }

    private static ColumnComparison? Compare(SlotPair pair)
    {
        var missing = new ShareComparison(pair.TrainSlot.Missing, pair.TrainSlot.Count, pair.TestSlot.Missing, pair.TestSlot.Count);
        if (pair.Train.IsCategorical)
        {
            var categories = CategoryComparer.Compare(pair.Train, pair.Test);
            return categories is { Categories: 1 } && missing is { Train: 0, Test: 0 }
                ? null
                : new ColumnComparison(pair.Train.Subject, pair.Train.Kind) { Missing = missing, Categories = categories };
        }

        if (pair.TrainSlot.Min == pair.TestSlot.Min && pair.TrainSlot.Max == pair.TestSlot.Max && pair.TrainSlot.Min == pair.TrainSlot.Max &&
            missing is { Train: 0, Test: 0 })
            return null;

        var asSingles = pair.Train.Singles is not null || pair.Test.Singles is not null;
        return new ColumnComparison(pair.Train.Subject, pair.Train.Kind)
        {
            Missing = missing,
            Numeric = NumericComparer.Compare(
                SortedValues.Of(pair.Train, asSingles), SortedValues.Of(pair.Test, asSingles), pair.TrainSlot, pair.TestSlot),
        };
    }
}
