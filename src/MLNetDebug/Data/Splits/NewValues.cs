namespace MLNetDebug.Data;

/// <summary>Finds values that one side repeats and the other lacks.</summary>
internal static class NewValues
{
    /// <summary>The most frequent hold-out value that no training value equals; both sides ascending.</summary>
    public static NewValue Find(ReadOnlySpan<double> train, ReadOnlySpan<double> test)
    {
        double value = double.NaN;
        var count = 0;
        for (int i = 0, start = 0, end; start < test.Length; start = end)
        {
            end = EndOfRun(test, start);
            while (i < train.Length && train[i] < test[start])
                i++;
            if (end - start > count && (i >= train.Length || train[i] != test[start]))
                (value, count) = (test[start], end - start);
        }

        // A value that stands once is new in every continuous column: nothing to test, and no need to count the others.
        return count < 2
            ? new NewValue(value, count, test.Length, 1)
            : new NewValue(value, count, test.Length, Math.Min(1, AsFrequent(train, test, count) * RandomSplit.AllInSecond(count, train.Length, test.Length)));
    }

    // Any value at least as frequent over both splits could have been the one.
    private static long AsFrequent(ReadOnlySpan<double> train, ReadOnlySpan<double> test, int count)
    {
        var values = 0L;
        for (int i = 0, j = 0; i < train.Length || j < test.Length;)
        {
            var value = j >= test.Length || (i < train.Length && train[i] <= test[j]) ? train[i] : test[j];
            var (endOfTrain, endOfTest) = (i, j);
            if (i < train.Length && train[i] == value)
                endOfTrain = EndOfRun(train, i);
            if (j < test.Length && test[j] == value)
                endOfTest = EndOfRun(test, j);
            if (endOfTrain - i + endOfTest - j >= count)
                values++;
            (i, j) = (endOfTrain, endOfTest);
        }

        return values;
    }

    private static int EndOfRun(ReadOnlySpan<double> sorted, int start)
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start])
            end++;
        return end;
    }
}
