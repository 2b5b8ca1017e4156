using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Zoo.Data;

/// <summary>Turns a drawn base into what a careful user would hand over: a random split, scaled where the trainer needs it.</summary>
internal static class ZooCases
{
    /// <summary>Share of rows held out.</summary>
    public const double TestShare = 0.3;

    /// <summary>A healthy case. The trainer goes round by seed: unknown, perceptron, trees, L-BFGS.</summary>
    public static ZooCase Healthy(ZooBase of, int seed)
    {
        TrainerTraits? trainer = (seed % 4) switch { 0 => null, 1 => ZooTrainers.Perceptron, 2 => ZooTrainers.Trees, _ => ZooTrainers.Lbfgs };
        return Healthy(of, seed, trainer);
    }

    /// <summary>A healthy case for a given trainer.</summary>
    public static ZooCase Healthy(ZooBase of, int seed, TrainerTraits? trainer)
    {
        var (train, test) = Divide(of, of.Draw(seed), new ZooRandom(seed, "split"));
        if (trainer?.Family != TrainerFamily.Trees && !(of.IsScaled && seed % 8 < 4))
            (train, test) = Standardise(train, test);
        return new ZooCase(train, test, trainer);
    }

    private static (ZooTable Train, ZooTable Test) Divide(ZooBase of, ZooTable table, ZooRandom random)
    {
        if (of.IsGrouped)
        {
            var held = table.Groups!.Distinct().ToDictionary(g => g, _ => random.Uniform() < TestShare);
            var rows = Enumerable.Range(0, table.Rows).ToLookup(i => held[table.Groups![i]]);
            return (table.Select([.. rows[false]]), table.Select([.. rows[true]]));
        }

        var order = random.Permutation(table.Rows);
        var cut = (int)(table.Rows * (1 - TestShare));
        return (table.Select(order[..cut]), table.Select(order[cut..]));
    }

    /// <summary>Zero mean and unit variance by the training rows; columns of two values or one stay as they are.</summary>
    private static (ZooTable Train, ZooTable Test) Standardise(ZooTable train, ZooTable test)
    {
        for (var j = 0; j < train.Columns.Length; j++)
        {
            var values = train.Columns[j];
            if (values.Distinct().Take(3).Count() < 3)
                continue;
            var mean = values.Average(v => (double)v);
            var sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            train = train.WithColumn(j, (v, _) => (float)((v - mean) / sd));
            test = test.WithColumn(j, (v, _) => (float)((v - mean) / sd));
        }

        return (train, test);
    }
}
