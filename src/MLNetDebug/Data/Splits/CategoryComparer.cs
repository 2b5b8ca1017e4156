using System.Globalization;
using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Compares the counts of categories of two splits.</summary>
internal static class CategoryComparer
{
    private const int MaxChanges = 5;

    /// <summary>Compares the sampled values of a categorical column.</summary>
    public static CategoryShift? Compare(SampleColumn train, SampleColumn test)
    {
        var counts = new Dictionary<ulong, (long Train, long Test)>();
        for (var row = 0; row < train.Count; row++)
        {
            if (train.Code(row) is var code and not 0)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, code, out _).Train++;
        }

        for (var row = 0; row < test.Count; row++)
        {
            if (test.Code(row) is var code and not 0)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, code, out _).Test++;
        }

        var codes = counts.Keys.ToArray();
        Array.Sort(codes);
        return Compare([.. codes.Select(c => counts[c].Train)], [.. codes.Select(c => counts[c].Test)], i => Text(test, codes[i]) ?? Text(train, codes[i]));
    }

    /// <summary>Compares the classes of a label over all rows, by the text the user writes.</summary>
    public static CategoryShift? Compare(IReadOnlyList<ClassCount> train, IReadOnlyList<ClassCount> test)
    {
        var texts = train.Concat(test).Select(c => c.Text).Distinct().ToArray();
        return Compare(Counts(train), Counts(test), i => texts[i]);

        long[] Counts(IReadOnlyList<ClassCount> classes)
        {
            var byText = classes.GroupBy(c => c.Text).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
            return [.. texts.Select(t => byText.GetValueOrDefault(t))];
        }
    }

    private static CategoryShift? Compare(long[] train, long[] test, Func<int, string?> textOf)
    {
        long n = train.Sum(), m = test.Sum();
        if (n == 0 || m == 0)
            return null;
        return new CategoryShift
        {
            TrainCount = n,
            TestCount = m,
            Categories = train.Length,
            Counts = TwoSampleChiSquare.Compare(train, test),
            LargestShare = Enumerable.Range(0, train.Length).Max(i => (double)(train[i] + test[i]) / (n + m)),
            Changes =
            [
                .. Enumerable.Range(0, train.Length)
                    .OrderByDescending(i => Math.Abs((double)train[i] / n - (double)test[i] / m)).ThenBy(i => i).Take(MaxChanges)
                    .Select(i => new CategoryChange(textOf(i), new ShareComparison(train[i], n, test[i], m))),
            ],
            New = FindNew(train, test, n, m, textOf),
        };
    }

    private static NewCategory? FindNew(long[] train, long[] test, long n, long m, Func<int, string?> textOf)
    {
        int best = -1, unseen = 0;
        for (var i = 0; i < train.Length; i++)
        {
            if (train[i] > 0 || test[i] == 0)
                continue;
            unseen++;
            if (best < 0 || test[i] > test[best])
                best = i;
        }

        if (best < 0)
            return null;

        // Any category at least as frequent over both splits could have been the one: each had at most this chance to be unseen.
        var candidates = 0L;
        for (var i = 0; i < train.Length; i++)
        {
            if (train[i] + test[i] >= test[best])
                candidates++;
        }

        return new NewCategory(
            textOf(best), test[best], m, unseen - 1, Math.Min(1, candidates * RandomSplit.AllInSecond(test[best], n, m)));
    }

    private static string? Text(SampleColumn column, ulong code) =>
        column.Codes is not null
            ? column.Texts?.GetValueOrDefault(code)
            : BitConverter.UInt64BitsToDouble(code - 1).ToString(CultureInfo.InvariantCulture);
}
