namespace MLNetDebug.Data;

/// <summary>A seeded choice of sampled rows of both splits, half to learn from and half to score, and their values in bins.</summary>
internal sealed class DomainRows
{
    private readonly int[] _train;
    private readonly int[] _test;

    public DomainRows(int trainRows, int testRows, int maxRows, int seed)
    {
        var random = new Random(seed);
        _train = Choose(trainRows, Math.Max(2, maxRows / 2), random);
        _test = Choose(testRows, Math.Max(2, maxRows / 2), random);
        IsTest = new bool[_train.Length + _test.Length];
        IsTest.AsSpan(_train.Length).Fill(true);

        // Both were put in random order: the first halves are a random half of each split.
        int[] all = [.. Enumerable.Range(0, IsTest.Length)];
        Learned = [.. all.Where(IsLearned)];
        Scored = [.. all.Where(r => !IsLearned(r))];
    }

    /// <summary>Whether a row is of the hold-out split; those of the training split come first.</summary>
    public bool[] IsTest { get; }

    /// <summary>The rows to learn from.</summary>
    public int[] Learned { get; }

    /// <summary>The rows to score.</summary>
    public int[] Scored { get; }

    /// <summary>The bins of one slot by row: quantiles of numbers, categories by how much of them is hold-out; 0 where missing.</summary>
    public byte[] Bin(SlotPair slot) => slot.Train.IsCategorical ? BinCategories(slot) : BinNumbers(slot);

    private bool IsLearned(int row) => row < _train.Length ? row < _train.Length / 2 : row - _train.Length < _test.Length / 2;

    private byte[] BinNumbers(SlotPair slot)
    {
        var asSingles = slot.Train.Singles is not null || slot.Test.Singles is not null;
        var values = new double[IsTest.Length];
        for (var row = 0; row < values.Length; row++)
        {
            var value = row < _train.Length ? slot.Train.Number(_train[row]) : slot.Test.Number(_test[row - _train.Length]);
            values[row] = asSingles ? (float)value : value;
        }

        double[] sorted = [.. values.Where(double.IsFinite)];
        Array.Sort(sorted);
        var edges = new List<double>();
        for (var b = 1; b < BoostedTrees.Bins - 1 && sorted.Length > 0; b++)
        {
            var edge = sorted[(int)((long)b * (sorted.Length - 1) / (BoostedTrees.Bins - 1))];
            if (edges.Count == 0 || edge > edges[^1])
                edges.Add(edge);
        }

        return Array.ConvertAll(values, v =>
        {
            if (double.IsNaN(v))
                return (byte)0;
            var at = edges.BinarySearch(v);
            return (byte)(1 + (at < 0 ? ~at : at));
        });
    }

    private byte[] BinCategories(SlotPair slot)
    {
        var codes = new ulong[IsTest.Length];
        for (var row = 0; row < codes.Length; row++)
            codes[row] = row < _train.Length ? slot.Train.Code(_train[row]) : slot.Test.Code(_test[row - _train.Length]);

        // Only the rows to learn from decide where a category goes; the rare ones share the middle bin.
        var frequent = Learned.Where(r => codes[r] != 0).GroupBy(r => codes[r])
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(BoostedTrees.Bins - 2)
            .OrderBy(g => (double)g.Count(r => IsTest[r]) / g.Count()).ThenBy(g => g.Key).Select(g => g.Key).ToList();
        var middle = frequent.Count / 2;
        var bins = new Dictionary<ulong, byte>();
        for (var i = 0; i < frequent.Count; i++)
            bins[frequent[i]] = (byte)(1 + i + (i >= middle ? 1 : 0));
        return Array.ConvertAll(codes, c => c == 0 ? (byte)0 : bins.TryGetValue(c, out var bin) ? bin : (byte)(1 + middle));
    }

    private static int[] Choose(int rows, int most, Random random)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        random.Shuffle(order);
        return rows <= most ? order : order[..most];
    }
}
