using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Bases;

/// <summary>The UCI files that ship with the repository, reshuffled by seed.</summary>
internal static class RealBases
{
    public static ZooTable Iris(int seed) => Labelled("iris.csv", 1, 3, seed);

    public static ZooTable BreastCancer(int seed) => Labelled("breast_cancer.csv", 1, 2, seed);

    public static ZooTable Wine(int seed) => Labelled("wine_data.csv", 1, 3, seed);

    /// <summary>Pixels of 0..16, divided by 16 for two seeds in four and left as counts for the others.</summary>
    public static ZooTable Digits(int seed)
    {
        var table = Labelled("digits.csv", 0, 10, seed);
        return seed % 4 < 2 ? table : table with { Columns = [.. table.Columns.Select(c => c.Select(v => v / 16).ToArray())] };
    }

    /// <summary>The measured inputs of 442 patients; the target is made: three of them and noise, R2 about 0.5.</summary>
    public static ZooTable Diabetes(int seed)
    {
        var rows = ZooFiles.Numbers(ZooFiles.Shipped("diabetes_raw.csv"), 0, ' ');
        var random = new ZooRandom(seed, "diabetes");
        var columns = Transpose(rows, rows[0].Length);
        var target = new float[rows.Length];
        foreach (var slot in new[] { 2, 3, 8 })
        {
            var z = Standardised(columns[slot]);
            for (var i = 0; i < target.Length; i++)
                target[i] += 20 * z[i];
        }

        for (var i = 0; i < target.Length; i++)
            target[i] = MathF.Round(152 + target[i] + 45 * (float)random.Normal());
        var table = new ZooTable { Columns = columns, Label = target, Classes = 0 };
        return table.Select(random.Permutation(table.Rows));
    }

    /// <summary>Rows turned into columns.</summary>
    public static float[][] Transpose(float[][] rows, int columns) =>
        [.. Enumerable.Range(0, columns).Select(j => rows.Select(r => r[j]).ToArray())];

    private static ZooTable Labelled(string file, int skipLines, int classes, int seed)
    {
        var rows = ZooFiles.Numbers(ZooFiles.Shipped(file), skipLines, ',');
        var width = rows[0].Length - 1;
        var table = new ZooTable { Columns = Transpose(rows, width), Label = [.. rows.Select(r => r[width])], Classes = classes };
        return table.Select(new ZooRandom(seed, file).Permutation(table.Rows));
    }

    private static float[] Standardised(float[] values)
    {
        var mean = values.Average();
        var sd = MathF.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => (v - mean) / sd)];
    }
}
