using System.Globalization;
using System.Runtime.CompilerServices;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

/// <summary>Rows of numbers with a label, as the sample of a profile; real data comes from the samples' folder.</summary>
internal sealed record Table(float[][] Rows, float[] Labels, bool IsClassification = true)
{
    public static Table Iris => Csv("iris.csv", header: true);

    public static Table Wine => Csv("wine_data.csv", header: true);

    public static Table Breast => Csv("breast_cancer.csv", header: true);

    public static Table Digits => Csv("digits.csv", header: false);

    public int Count => Rows.Length;

    /// <summary>Normal features, the first three of which explain a share of a normal target, or of the sign of one.</summary>
    public static Table Linear(int rows, int columns, double share, bool classes, int seed)
    {
        var random = new Random(seed);
        float[][] features = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns).Select(_ => (float)Profiles.Gauss(random)).ToArray())];
        float[] targets = [.. features.Select(f => (float)(f.Take(3).Sum() * Math.Sqrt(share / 3) + Math.Sqrt(1 - share) * Profiles.Gauss(random)))];
        return new Table(features, classes ? [.. targets.Select(t => t > 0 ? 1f : 0f)] : targets, classes);
    }

    /// <summary>Two rings around each other: no line tells them apart, neighbours do.</summary>
    public static Table Rings(int rows, int seed)
    {
        var random = new Random(seed);
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(2))];
        return new Table([.. labels.Select(l => { var a = random.NextDouble() * 2 * Math.PI; var r = 1 + l + 0.2 * Profiles.Gauss(random); return new[] { (float)(r * Math.Cos(a)), (float)(r * Math.Sin(a)) }; })], labels);
    }

    public Table Shuffled(int seed) => Take(Order(seed));

    public Table First(int rows) => Take([.. Enumerable.Range(0, rows)]);

    public Table Take(int[] order) => this with { Rows = [.. order.Select(i => Rows[i])], Labels = [.. order.Select(i => Labels[i])] };

    /// <summary>The same labels on rows drawn at random.</summary>
    public Table WithRandomLabels(int seed)
    {
        var order = Order(seed);
        return this with { Labels = [.. order.Select(i => Labels[i])] };
    }

    /// <summary>Row i gets the label of row i - offset, as a join that is off by some rows gives; rows without one are dropped.</summary>
    public Table WithShiftedLabels(int offset)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => i - offset >= 0 && i - offset < Count)];
        return this with { Rows = [.. kept.Select(i => Rows[i])], Labels = [.. kept.Select(i => Labels[i - offset])] };
    }

    /// <summary>A share of the labels replaced by another class, and which rows they are.</summary>
    public (Table Table, HashSet<long> Flipped) WithFlippedLabels(double share, int seed)
    {
        var random = new Random(seed);
        float[] classes = [.. Labels.Distinct().Order()];
        var flipped = Order(seed + 1).Take((int)Math.Round(share * Count)).ToHashSet();
        float[] labels = [.. Labels];
        foreach (var i in flipped)
        {
            var others = classes.Where(c => c != Labels[i]).ToArray();
            labels[i] = others[random.Next(others.Length)];
        }

        return (this with { Labels = labels }, [.. flipped.Select(i => (long)i)]);
    }

    public DataProfile ToProfile() => new()
    {
        Name = "training data",
        RowCount = Count,
        Declaration = new DataDeclaration
        {
            Label = "Label",
            Features = ["Features"],
            Task = !IsClassification ? LearningTask.Regression : Labels.Distinct().Count() == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification,
        },
        Columns = [],
        RowIds = new RowIdProfile(),
        Label = new LabelProfile
        {
            Name = "Label",
            Kind = ColumnKind.Number,
            TypeText = "Single",
            Count = Count,
            Missing = Labels.Count(float.IsNaN),
            Classes =
            [
                .. Labels.Where(float.IsFinite).GroupBy(l => l).OrderBy(g => g.Key)
                    .Select(g => new ClassCount(g.Key, g.Key.ToString(CultureInfo.InvariantCulture), g.Count())),
            ],
            Order = new LabelOrder { Rows = Count, IsClassification = IsClassification, Lag1 = Lag1() },
            Sequence = [.. Labels],
        },
        Sample = new DataSample(0, [.. Enumerable.Range(0, Count).Select(i => (long)i)], [.. Enumerable.Range(0, Rows[0].Length).Select(Column)], [.. Labels]),
    };

    private static Table Csv(string name, bool header, [CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "samples", "QuickStart", "data");
        float[][] cells = [.. File.ReadLines(Path.Combine(folder, name)).Skip(header ? 1 : 0).Where(l => l.Length > 0)
            .Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
        return new Table([.. cells.Select(c => c[..^1])], [.. cells.Select(c => c[^1])]);
    }

    private int[] Order(int seed)
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    private double Lag1()
    {
        if (!IsClassification)
            return 0;
        double equal = Enumerable.Range(1, Count - 1).Count(i => Labels[i] == Labels[i - 1]);
        var expected = Labels.GroupBy(l => l).Sum(g => (double)g.Count() * (g.Count() - 1)) / Count;
        return (equal - expected) / (Count - 1 - expected);
    }

    private SampleColumn Column(int slot) => new()
    {
        Column = "Features",
        Slot = slot,
        Kind = ColumnKind.Number,
        Role = ColumnRole.Feature,
        Subject = Subject.Column("Features", slot),
        Singles = [.. Rows.Select(r => r[slot])],
    };
}
