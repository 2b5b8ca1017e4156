namespace MLNetDebug.Data;

/// <summary>Finds equal rows among fingerprints.</summary>
internal static class DuplicateFinder
{
    private const int MaxExamples = 20;

    public static DuplicateProfile Find(RowFingerprints prints)
    {
        var repeats = Repeats(prints.Features);
        var groups = Groups(repeats);
        var (duplicateRows, conflictingGroups, conflictingRows) = (0L, 0L, 0L);
        var conflicts = new List<(long, long)>();
        foreach (var group in groups)
        {
            var seen = new Dictionary<uint, int>();
            foreach (var row in group)
            {
                if (!seen.TryAdd(prints.Labels[row], row))
                    duplicateRows++;
            }

            // Hash 0 is a row without a label: it contradicts nothing.
            if (seen.Count - (seen.ContainsKey(0) ? 1 : 0) < 2)
                continue;
            conflictingGroups++;
            conflictingRows += group.Count;
            var firsts = seen.Where(p => p.Key != 0).Select(p => p.Value).Order().Take(2).ToArray();
            conflicts.Add((prints.Positions[firsts[0]], prints.Positions[firsts[1]]));
        }

        return new DuplicateProfile
        {
            IsExact = prints.Level == 0,
            Rows = prints.Features.Length,
            SampledShare = Math.ScaleB(1, -prints.Level),
            DuplicateFeatures = repeats.Count,
            DuplicateRows = duplicateRows,
            ConflictingGroups = conflictingGroups,
            ConflictingRows = conflictingRows,
            ConflictingExamples = [.. conflicts.OrderBy(c => c.Item2).Take(MaxExamples)],
            DuplicateExamples = [.. Examples(prints, repeats)],
        };
    }

    private static IEnumerable<(long First, long Second)> Examples(RowFingerprints prints, List<(int First, int Row)> repeats) =>
        repeats.Where(r => prints.Labels[r.First] == prints.Labels[r.Row]).Take(MaxExamples)
            .Select(r => ((long)prints.Positions[r.First], (long)prints.Positions[r.Row]));

    /// <summary>Rows whose features stood in an earlier row, with the first such row.</summary>
    private static List<(int First, int Row)> Repeats(ulong[] features)
    {
        var repeats = new List<(int, int)>();
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, features.Length * 2L));
        var table = new int[size];
        var shift = 64 - System.Numerics.BitOperations.Log2((uint)size);
        for (var row = 0; row < features.Length; row++)
        {
            var place = (int)(features[row] >> shift);
            while (table[place] != 0 && features[table[place] - 1] != features[row])
                place = (place + 1) & (size - 1);
            if (table[place] == 0)
                table[place] = row + 1;
            else
                repeats.Add((table[place] - 1, row));
        }

        return repeats;
    }

    /// <summary>Rows with equal features, together and in order.</summary>
    private static IEnumerable<List<int>> Groups(List<(int First, int Row)> repeats)
    {
        var groups = new Dictionary<int, List<int>>();
        foreach (var (first, row) in repeats)
        {
            if (!groups.TryGetValue(first, out var rows))
                groups[first] = rows = [first];
            rows.Add(row);
        }

        return groups.Values;
    }
}
