using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Bases;

/// <summary>Healthy data from generators: each seed is a fresh draw of independent rows. Bases that share one differ by salt.</summary>
internal static class SyntheticBases
{
    /// <summary>Gaussian classes with overlapping means.</summary>
    public static ZooTable Mixture(string salt, int seed, int rows, int width, int classes)
    {
        var random = new ZooRandom(seed, salt);
        var means = Enumerable.Range(0, classes).Select(_ => random.Normals(width)).ToArray();
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(classes))];
        return Classification(labels, classes, width, (i, j) => means[(int)labels[i]][j] * 0.8 + random.Normal());
    }

    /// <summary>A line in the first three columns with noise, so that R2 is as asked for.</summary>
    public static ZooTable Regression(string salt, int seed, int rows, int width, double r2)
    {
        var random = new ZooRandom(seed, salt);
        float[][] columns = [.. Enumerable.Range(0, width).Select(_ => random.Normals(rows))];
        var noise = Math.Sqrt((1 - r2) / r2 * 3);
        float[] target = [.. Enumerable.Range(0, rows).Select(i => (float)(columns[0][i] + columns[1][i] - columns[2][i] + noise * random.Normal()))];
        return new ZooTable { Columns = columns, Label = target, Classes = 0 };
    }

    /// <summary>Two classes whose means differ by <paramref name="distance"/> sd in one column: AUC = Phi(distance / sqrt 2).</summary>
    public static ZooTable WeakBinary(string salt, int seed, int rows, int width, double distance)
    {
        var random = new ZooRandom(seed, salt);
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(2))];
        return Classification(labels, 2, width, (i, j) => random.Normal() + (j == 0 ? distance * (labels[i] - 0.5) : 0));
    }

    /// <summary>Log-normal, Student t and exponential columns; the label follows their logarithms and signs.</summary>
    public static ZooTable HeavyTails(int seed)
    {
        var random = new ZooRandom(seed, "tails");
        const int rows = 2000;
        float[][] z = [.. Enumerable.Range(0, 9).Select(_ => random.Normals(rows))];
        float[][] columns =
        [
            .. z.Select((c, j) => c.Select(v => (j % 3) switch
            {
                0 => MathF.Exp(v),
                1 => v / (float)Math.Sqrt((Square(random.Normal()) + Square(random.Normal()) + Square(random.Normal())) / 3),
                _ => -MathF.Log(1 - (float)MathNet.Numerics.Distributions.Normal.CDF(0, 1, Math.Clamp(v, -4, 4))),
            }).ToArray()),
        ];
        float[] labels = [.. Enumerable.Range(0, rows).Select(i => z[0][i] + z[4][i] + random.Normal() > 0 ? 1f : 0f)];
        return new ZooTable { Columns = columns, Label = labels, Classes = 2 };
    }

    /// <summary>8 x 8 pictures in [0, 1]: a bright blob whose place gives one of five classes.</summary>
    public static ZooTable Images(int seed)
    {
        var random = new ZooRandom(seed, "images");
        const int rows = 2000;
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(5))];
        (double X, double Y)[] centres = [.. labels.Select(l => (1.5 + 1.2 * l + random.Normal(), 3.5 + 1.5 * Math.Sin(l) + random.Normal()))];
        return Classification(labels, 5, 64, (i, j) =>
            Math.Clamp(Math.Exp(-(Square(j % 8 - centres[i].X) + Square(j / 8 - centres[i].Y)) / 4) + 0.05 * random.Normal(), 0, 1));
    }

    /// <summary>Sparse word counts over 120 words; each of three topics prefers some of them.</summary>
    public static ZooTable Words(int seed)
    {
        var random = new ZooRandom(seed, "words");
        const int rows = 900;
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(3))];
        var table = Classification(labels, 3, 120, (i, j) => random.Poisson(4.0 / (8 + j) * (j % 3 == (int)labels[i] ? 2.5 : 1)));
        return table with { Sparse = true };
    }

    /// <summary>97 rows of one class to 3 of the other, moderately well told apart.</summary>
    public static ZooTable Imbalanced(int seed)
    {
        var random = new ZooRandom(seed, "imbalanced");
        float[] labels = [.. Enumerable.Range(0, 3000).Select(_ => random.Uniform() < 0.03 ? 1f : 0f)];
        return Classification(labels, 2, 8, (i, j) => random.Normal() + (j < 2 ? 1.2 * labels[i] : 0));
    }

    /// <summary>Columns that share factors, two of them copies of others, one coarse; and 2 % of the rows stand twice.</summary>
    public static ZooTable Correlated(int seed)
    {
        var random = new ZooRandom(seed, "correlated");
        const int rows = 1500;
        float[][] factors = [.. Enumerable.Range(0, 3).Select(_ => random.Normals(rows))];
        float[][] columns = [.. Enumerable.Range(0, 12).Select(j => factors[j % 3].Select(v => (float)(v + 0.4 * random.Normal())).ToArray())];
        columns = [.. columns, columns[0], [.. columns[1].Select(v => -v)], [.. columns[2].Select(v => MathF.Round(v))]];
        float[] labels = [.. Enumerable.Range(0, rows).Select(i => factors[0][i] - factors[1][i] + 0.7 * random.Normal() > 0 ? 1f : 0f)];
        var table = new ZooTable { Columns = columns, Label = labels, Classes = 2 };
        var order = Enumerable.Range(0, rows).Concat(Enumerable.Range(0, rows / 50)).ToArray();
        return table.Select([.. random.Permutation(order.Length).Select(p => order[p])]);
    }

    /// <summary>Two rings: a linear model sees nothing, neighbours see everything.</summary>
    public static ZooTable Rings(int seed)
    {
        var random = new ZooRandom(seed, "rings");
        const int rows = 1200;
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(2))];
        (double X, double Y)[] points =
        [
            .. labels.Select(l =>
            {
                var (sin, cos) = Math.SinCos(2 * Math.PI * random.Uniform());
                var radius = 1 + l + 0.2 * random.Normal();
                return (radius * cos, radius * sin);
            }),
        ];
        return Classification(labels, 2, 6, (i, j) => j switch { 0 => points[i].X, 1 => points[i].Y, _ => random.Normal() });
    }

    private static double Square(double value) => value * value;

    private static ZooTable Classification(float[] labels, int classes, int width, Func<int, int, double> cell)
    {
        float[][] columns = [.. Enumerable.Range(0, width).Select(_ => new float[labels.Length])];
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < width; j++)
                columns[j][i] = (float)cell(i, j);
        }

        return new ZooTable { Columns = columns, Label = labels, Classes = classes };
    }
}
