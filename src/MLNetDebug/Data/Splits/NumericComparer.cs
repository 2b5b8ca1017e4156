namespace MLNetDebug.Data;

/// <summary>Compares one numeric slot of two splits.</summary>
internal static class NumericComparer
{
    /// <summary>Compares sampled values in ascending order; moments and the training range come from all rows.</summary>
    public static NumericShift? Compare(ReadOnlySpan<double> train, ReadOnlySpan<double> test, SlotProfile trainSlot, SlotProfile testSlot)
    {
        if (train.IsEmpty || test.IsEmpty)
            return null;
        var testCount = test.Length;
        var distance = KolmogorovSmirnov.Measure(train, test);
        var distanceP = KolmogorovSmirnov.PValue(distance.Steps, train.Length, test.Length);
        var ranks = RankShift.Measure(train, test);
        var deviation = trainSlot.StandardDeviation;
        return new NumericShift
        {
            TrainCount = train.Length,
            TestCount = test.Length,
            Distance = distance.Distance,
            DistancePValue = distanceP,
            PValue = distance.Distinct <= 2 ? TwoValues(train, test) : Math.Min(1, 3 * Math.Min(distanceP, Math.Min(ranks.Location, ranks.Spread))),
            Wasserstein = distance.Wasserstein / (deviation > 0 ? deviation : double.NaN),
            TrainMean = trainSlot.Mean,
            TestMean = testSlot.Mean,
            TrainDeviation = deviation,
            TestDeviation = testSlot.StandardDeviation,
            Below = Run(CountBelow(test, trainSlot.Min), trainSlot.Min),
            Above = Run(CountAbove(test, trainSlot.Max), trainSlot.Max),
            New = NewValues.Find(train, test),
        };

        // The extreme of all training rows counts as one of that many values, also where only some of them were sampled.
        TailRun Run(long count, double limit) =>
            new(count, testCount, limit, RandomSplit.AllInSecond(count, trainSlot.Finite, testCount));
    }

    // With two values the distance is a difference of two shares, for which an exact test exists.
    private static double TwoValues(ReadOnlySpan<double> train, ReadOnlySpan<double> test)
    {
        var greater = Math.Max(train[^1], test[^1]);
        return RandomSplit.SharesDiffer(
            train.Length - First(train, greater), train.Length, test.Length - First(test, greater), test.Length);
    }

    private static int CountBelow(ReadOnlySpan<double> sorted, double limit) => double.IsNaN(limit) ? 0 : First(sorted, limit);

    private static int CountAbove(ReadOnlySpan<double> sorted, double limit) =>
        double.IsNaN(limit) ? 0 : sorted.Length - First(sorted, Math.BitIncrement(limit));

    // Index of the first value that is at least the limit.
    private static int First(ReadOnlySpan<double> sorted, double limit)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < limit)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
