using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Decides on which side of a split every row stands.</summary>
internal static class SplitPlan
{
    public const byte Train = 0;
    public const byte Test = 1;

    /// <summary>Rows of a time split that would stand on both sides.</summary>
    public const byte Neither = 2;

    private const int MaxStrata = 100;
    private const int Bins = 10;

    /// <summary>Reads the data once and gives the side of each row.</summary>
    /// <exception cref="InvalidOperationException">The data lacks a column, or cannot be split so.</exception>
    public static byte[] Sides(IDataView data, SplitMend mend)
    {
        if (!(mend.TestFraction > 0 && mend.TestFraction < 1))
            throw new InvalidOperationException($"TestFraction is {mend.TestFraction.ToString("R", CultureInfo.InvariantCulture)}, but a share of rows lies between 0 and 1.");
        var rows = SplitRows.Read(data, mend);
        if (rows.Count < 2)
            throw new InvalidOperationException($"{rows.Count} {(rows.Count == 1 ? "row" : "rows")} cannot be split.");
        if (mend.Kind == SplitKind.Time)
            return ByTime(rows, mend);
        var sides = new byte[rows.Count];
        var units = Units(rows, mend.Kind == SplitKind.Group);
        if (units.Count < 2)
            throw new InvalidOperationException(mend.Kind == SplitKind.Group ? $"All rows hang together by '{mend.Column}' or by equal features: there is nothing to hold out." : "All rows are equal: there is nothing to hold out.");
        var carry = 0.0;
        foreach (var stratum in Strata(units, rows, mend))
            Assign(stratum, mend, sides, ref carry);
        if (!sides.Contains(Test))
            MarkTest(units.MinBy(u => u.Count)!, sides);
        return sides;
    }

    /// <summary>Rows that must stand on one side together: equal features, and one group.</summary>
    private static List<List<int>> Units(SplitRows rows, bool byGroup)
    {
        var sets = new DisjointSets(rows.Count);
        Join(sets, rows.Hashes, _ => false);
        if (byGroup)
            Join(sets, rows.Groups!, row => rows.Missing![row]);
        var units = new Dictionary<int, List<int>>();
        for (var row = 0; row < rows.Count; row++)
        {
            var root = sets.Find(row);
            if (!units.TryGetValue(root, out var unit))
                units[root] = unit = [];
            unit.Add(row);
        }

        return [.. units.Values];
    }

    private static void Join(DisjointSets sets, ulong[] codes, Predicate<int> isAlone)
    {
        var first = new Dictionary<ulong, int>();
        for (var row = 0; row < codes.Length; row++)
        {
            if (!isAlone(row) && !first.TryAdd(codes[row], row))
                sets.Union(first[codes[row]], row);
        }
    }

    private static IEnumerable<List<List<int>>> Strata(List<List<int>> units, SplitRows rows, SplitMend mend)
    {
        if (mend.Kind != SplitKind.Stratified)
            return [units];
        var values = rows.Values!;
        var distinct = units.Select(u => values[u[0]]).Where(v => !double.IsNaN(v)).Distinct().Order().ToArray();
        if (distinct.Length <= MaxStrata)
            return [.. units.GroupBy(u => values[u[0]]).OrderBy(g => g.Key).Select(g => g.ToList())];
        var ordered = units.OrderBy(u => values[u[0]]).ThenBy(u => u[0]).ToArray();
        return [.. ordered.Chunk((ordered.Length + Bins - 1) / Bins).Select(c => c.ToList())];
    }

    /// <summary>Holds out units in random order as far as they fit; what rounding leaves goes on to the next stratum.</summary>
    private static void Assign(List<List<int>> units, SplitMend mend, byte[] sides, ref double carry)
    {
        var wanted = (units.Sum(u => u.Count) * mend.TestFraction) + carry;
        var left = Math.Round(wanted);
        foreach (var unit in units.OrderBy(u => Mix.Hash(Mix.Hash((uint)mend.Seed) + (ulong)u[0])))
        {
            if (unit.Count > left)
                continue;
            MarkTest(unit, sides);
            left -= unit.Count;
            wanted -= unit.Count;
        }

        carry = wanted;
    }

    private static byte[] ByTime(SplitRows rows, SplitMend mend)
    {
        var times = rows.Values!;
        var known = times.Where(t => !double.IsNaN(t)).Order().ToArray();
        if (known.Length == 0 || known[0] == known[^1])
            throw new InvalidOperationException($"Column '{mend.Column}' has the same time in every row: there is no later part to hold out.");
        var cut = known[Math.Min((int)(known.Length * (1 - mend.TestFraction)), known.Length - 1)];
        // Rows of one time stay together; where the cut is the first time of all, the later ones are held out.
        if (cut == known[0])
            cut = known.First(t => t > cut);
        var sides = times.Select(t => t >= cut ? Test : Train).ToArray();
        var seen = new HashSet<ulong>();
        for (var row = 0; row < sides.Length; row++)
        {
            if (sides[row] == Train)
                seen.Add(rows.Hashes[row]);
        }

        for (var row = 0; row < sides.Length; row++)
        {
            if (sides[row] == Test && seen.Contains(rows.Hashes[row]))
                sides[row] = Neither;
        }

        return sides;
    }

    private static void MarkTest(List<int> unit, byte[] sides) => unit.ForEach(row => sides[row] = Test);
}
