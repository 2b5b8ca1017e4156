using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Faults;

/// <summary>Rows sorted by label.</summary>
internal sealed record RowsSorted : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random) =>
        train.Select([.. Enumerable.Range(0, train.Rows).OrderBy(i => train.Label[i])]);
}

/// <summary>Rows sorted by label, then shuffled within a moving pool, as <c>ShuffleRows</c> does over a file.</summary>
internal sealed record RowsPoolShuffled(int Pool) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random)
    {
        var sorted = Enumerable.Range(0, train.Rows).OrderBy(i => train.Label[i]).ToArray();
        var pool = sorted.Take(Pool).ToList();
        var order = new List<int>();
        foreach (var next in sorted.Skip(Pool))
        {
            var taken = random.Below(pool.Count);
            order.Add(pool[taken]);
            pool[taken] = next;
        }

        order.AddRange(random.Permutation(pool.Count).Select(i => pool[i]));
        return train.Select([.. order]);
    }
}

/// <summary>Whole batches of one label: rows dealt in runs of a class.</summary>
internal sealed record RowsInRuns(int Length) : TrainFault
{
    protected override ZooTable Apply(ZooTable train, ZooRandom random)
    {
        var runs = Enumerable.Range(0, train.Rows).GroupBy(i => train.Label[i]).SelectMany(g => g.Chunk(Length)).ToArray();
        return train.Select([.. random.Permutation(runs.Length).SelectMany(r => runs[r])]);
    }
}
