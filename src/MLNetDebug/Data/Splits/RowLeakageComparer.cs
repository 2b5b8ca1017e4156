using MathNet.Numerics;

namespace MLNetDebug.Data;

/// <summary>Finds rows of the hold-out split whose features stand in the training split too.</summary>
internal static class RowLeakageComparer
{
    /// <summary>Compares fingerprints; both sets are brought to the coarser of their two levels.</summary>
    public static RowLeakage Compare(RowFingerprints train, RowFingerprints test)
    {
        var level = Math.Max(train.Level, test.Level);
        var kept = level >= 64 ? ulong.MaxValue : (1UL << level) - 1;
        var trainRows = Keep(train, kept);
        var testRows = Keep(test, kept);
        var keys = new ulong[trainRows.Length + testRows.Length];
        var rows = new int[keys.Length];
        for (var i = 0; i < trainRows.Length; i++)
            (keys[i], rows[i]) = (train.Features[trainRows[i]], trainRows[i]);
        for (var i = 0; i < testRows.Length; i++)
            (keys[trainRows.Length + i], rows[trainRows.Length + i]) = (test.Features[testRows[i]], ~testRows[i]);
        Array.Sort(keys, rows);

        var tally = new Tally(train, test);
        for (int start = 0, end; start < keys.Length; start = end)
        {
            for (end = start + 1; end < keys.Length && keys[end] == keys[start];)
                end++;
            if (end - start > 1)
                tally.Add(rows.AsSpan(start, end - start));
        }

        return tally.ToLeakage(level == 0, trainRows.Length, testRows.Length);
    }

    private static int[] Keep(RowFingerprints rows, ulong kept)
    {
        var indices = new List<int>(rows.Features.Length);
        for (var i = 0; i < rows.Features.Length; i++)
        {
            if ((rows.Features[i] & kept) == 0)
                indices.Add(i);
        }

        return [.. indices];
    }

    // Counts over groups of rows with equal features. A hold-out row is given as the complement of its index.
    private sealed class Tally(RowFingerprints train, RowFingerprints test)
    {
        private readonly Dictionary<int, long> _sizes = [];
        private readonly List<long> _copyRows = [];
        private readonly List<long> _sameSourceRows = [];
        private readonly HashSet<uint> _labels = [];
        private long _agreeing;
        private long _trainTwins;
        private long _mixed;
        private long _pairs;

        public void Add(ReadOnlySpan<int> group)
        {
            _sizes[group.Length] = _sizes.GetValueOrDefault(group.Length) + 1;
            _labels.Clear();
            var inTrain = 0;
            foreach (var row in group)
            {
                if (row < 0)
                    continue;
                inTrain++;
                _labels.Add(train.Labels[row]);
            }

            if (inTrain > 1)
                _trainTwins += inTrain;
            if (inTrain == 0 || inTrain == group.Length)
                return;

            _mixed++;
            foreach (var row in group)
            {
                if (row >= 0)
                    continue;
                _copyRows.Add(test.Positions[~row]);
                if (_labels.Contains(test.Labels[~row]))
                    _agreeing++;
            }

            if (group.Length == 2)
                AddPair(Math.Max(group[0], group[1]), ~Math.Min(group[0], group[1]));
        }

        public RowLeakage ToLeakage(bool isExact, int trainRows, int testRows)
        {
            _copyRows.Sort();
            _sameSourceRows.Sort();

            // Two unrelated sources may both number their rows from 0: a pair of equal rows then has equal ids with about this chance.
            var byChance = (double)_pairs / Math.Max(1, Math.Max(trainRows, testRows));
            return new RowLeakage
            {
                IsExact = isExact,
                TrainRows = trainRows,
                TestRows = testRows,
                Copies = _copyRows.Count,
                AgreeingCopies = _agreeing,
                ExpectedCopies = trainRows == 0 ? 0 : (double)testRows * _trainTwins / trainRows,
                MixedGroups = _mixed,
                Groups = _sizes.Values.Sum(),
                PValue = MixedGroups.PValue(_sizes, _mixed, trainRows, testRows),
                SameSourceRows = _sameSourceRows.Count,
                SameSourcePValue = _sameSourceRows.Count == 0 ? 1 : SpecialFunctions.GammaLowerRegularized(_sameSourceRows.Count, byChance),
                CopyRows = _copyRows,
                SameSourceCopyRows = _sameSourceRows,
            };
        }

        private void AddPair(int trainRow, int testRow)
        {
            _pairs++;
            if (train.Ids[trainRow] == test.Ids[testRow])
                _sameSourceRows.Add(test.Positions[testRow]);
        }
    }
}
