namespace MLNetDebug.Data;

/// <summary>Compares one slot after the other with buffers of its own. One per thread.</summary>
internal sealed class ColumnComparer
{
    private readonly SortedValues _train;
    private readonly SortedValues _test;

    public ColumnComparer()
    {
        var sorter = new RowSorter();
        (_train, _test) = (new SortedValues(sorter), new SortedValues(sorter));
    }

    /// <summary>Compares; null where the slot is the same constant on both sides.</summary>
    public ColumnComparison? Compare(SlotPair pair)
    {
        var missing = new ShareComparison(pair.TrainSlot.Missing, pair.TrainSlot.Count, pair.TestSlot.Missing, pair.TestSlot.Count);
        var column = new ColumnComparison(pair.Train.Subject, pair.Train.Kind) { Missing = missing };
        var isWhole = missing is { Train: 0, Test: 0 };
        if (pair.Train.IsCategorical)
        {
            var categories = CategoryComparer.Compare(pair.Train, pair.Test);
            return isWhole && categories is { Categories: 1 } ? null : column with { Categories = categories };
        }

        if (isWhole && pair.TrainSlot.Min == pair.TestSlot.Max && pair.TrainSlot.Max == pair.TestSlot.Min)
            return null;
        var asSingles = pair.Train.Singles is not null || pair.Test.Singles is not null;
        var shift = NumericComparer.Compare(_train.Of(pair.Train, asSingles), _test.Of(pair.Test, asSingles), pair.TrainSlot, pair.TestSlot);
        return column with { Numeric = shift is null ? null : shift with { IsTime = pair.Train.Kind == ColumnKind.Time } };
    }
}
