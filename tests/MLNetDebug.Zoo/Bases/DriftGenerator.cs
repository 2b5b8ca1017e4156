using System.Globalization;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Bases;

/// <summary>
/// Two splits of 30 numeric columns, 5 categories (2, 5, 20, 200 and 5,000 values) and a label of three classes, with these
/// differences and no others: the means of f00 to f03 moved by 0.05, 0.10, 0.25 and 0.50 sd, f04 and f05 spread by 1.2 and 2, f06 missing in 7 %
/// instead of 2 %, cat_1 and cat_2 moved by a total variation of 0.02 and 0.10, 0.3 % of cat_3 a new value, the label by 0.05, and 500 rows
/// (5 % where there are fewer than 10,000) copied from the training split.
/// </summary>
internal static class DriftGenerator
{
    /// <summary>The rows of the test split that are copies of training rows.</summary>
    public static int Leaked(int testRows) => Math.Min(500, testRows / 20);

    private const int Numbers = 30;

    private static readonly int[] Cardinalities = [2, 5, 20, 200, 5000];

    private static readonly (double Mean, double Scale)[] Moves = [(0.05, 1), (0.10, 1), (0.25, 1), (0.50, 1), (0, 1.2), (0, 2)];

    // Scales of the first columns, which the moves are given in.
    private static readonly double[] Scales = [1, 3, 100, 1, 1, 1];

    /// <summary>Makes both splits.</summary>
    public static (ZooTable Train, ZooTable Test) Make(int trainRows, int testRows, int seed)
    {
        ZooTable train = Table(trainRows, seed, test: false), test = Table(testRows, seed, test: true);
        var random = new ZooRandom(seed, "leak");
        var leaked = Leaked(testRows);
        var copies = train.Select(random.Permutation(trainRows)[..leaked]);
        var both = copies.Append(test.Select([.. Enumerable.Range(leaked, testRows - leaked)]));
        return (train, both.Select(random.Permutation(testRows)));
    }

    private static ZooTable Table(int rows, int seed, bool test)
    {
        var side = test ? "test" : "train";
        var columns = new float[Numbers][];
        Parallel.For(0, Numbers, j => columns[j] = Number(j, rows, test, new ZooRandom(seed, $"{side} {j}")));
        var texts = new (string, string[])[Cardinalities.Length];
        Parallel.For(0, texts.Length, j => texts[j] = ($"cat_{j}", Category(j, rows, test, new ZooRandom(seed, $"{side} cat {j}"))));
        var random = new ZooRandom(seed, side + " label");
        double[] shares = test ? [0.45, 0.33, 0.22] : [0.5, 0.3, 0.2];
        return new ZooTable
        {
            Columns = columns,
            Texts = texts,
            Label = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Draw(shares))],
            Classes = 3,
        };
    }

    private static float[] Number(int column, int rows, bool test, ZooRandom random)
    {
        var (mean, scale) = test && column < Moves.Length ? Moves[column] : (0, 1);
        var shift = column < Scales.Length ? mean * Scales[column] : 0;
        var missing = column switch { 6 => test ? 0.07 : 0.02, 12 => 0.01, 18 => 0.1, _ => 0 };
        var values = new float[rows];
        for (var i = 0; i < rows; i++)
            values[i] = missing > 0 && random.Uniform() < missing ? float.NaN : (float)(Draw(column, random) * scale + shift);
        return values;
    }

    private static double Draw(int column, ZooRandom random) => (column % 6) switch
    {
        1 => 10 + 3 * random.Normal(),
        2 => column > 5 ? Math.Exp(0.5 * random.Normal()) : 100 * random.Normal(),
        3 when column > 5 => -2 * Math.Log(1 - random.Uniform()),
        4 when column > 5 => random.Poisson(4),
        5 when column > 5 => random.Normal() / Math.Sqrt((Square(random.Normal()) + Square(random.Normal()) + Square(random.Normal())) / 3),
        _ => random.Normal(),
    };

    private static double Square(double x) => x * x;

    private static string[] Category(int column, int rows, bool test, ZooRandom random)
    {
        var count = Cardinalities[column];
        double[] shares = column switch { 0 => [0.7, 0.3], 1 => [.. Enumerable.Repeat(0.2, count)], _ => [.. Enumerable.Range(1, count).Select(i => 1.0 / i)] };
        var total = shares.Sum();
        shares = [.. shares.Select(s => s / total)];
        if (test && column == 1)
            (shares[0], shares[1]) = (shares[0] + 0.02, shares[1] - 0.02);
        if (test && column == 2)
            (shares[0], shares[5]) = (shares[0] - 0.1, shares[5] + 0.1);
        var sums = new double[count];
        for (var i = 0; i < count; i++)
            sums[i] = shares[i] + (i > 0 ? sums[i - 1] : 0);
        string[] names = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{column}_{i}"))];
        var values = new string[rows];
        for (var i = 0; i < rows; i++)
        {
            var at = Array.BinarySearch(sums, random.Uniform());
            values[i] = test && column == 3 && random.Uniform() < 0.003 ? "NEW" : names[Math.Min(at < 0 ? ~at : at, count - 1)];
        }

        return values;
    }
}
