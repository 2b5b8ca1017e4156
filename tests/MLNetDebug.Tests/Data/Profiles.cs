using MathNet.Numerics.Statistics;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

/// <summary>Builds profiles by hand, the slow and plain way, so that a rule is tested with nothing but numbers.</summary>
internal static class Profiles
{
    /// <summary>A profile of these columns; declared features are those of the feature role.</summary>
    public static DataProfile Of(long rows, IReadOnlyList<ColumnProfile> columns, LabelProfile? label = null, DataDeclaration? declaration = null) => new()
    {
        Name = "training data",
        RowCount = rows,
        Declaration = (declaration ?? new DataDeclaration()) with
        {
            Label = label?.Name ?? declaration?.Label,
            Features = [.. columns.Where(c => c.Role == ColumnRole.Feature).Select(c => c.Name)],
        },
        Columns = columns,
        Label = label,
        RowIds = new RowIdProfile { Pairs = Math.Max(0, rows - 1), Rising = Math.Max(0, rows - 1), Consecutive = Math.Max(0, rows - 1) },
        Sample = new DataSample(0, [.. Enumerable.Range(0, (int)Math.Min(rows, 1000)).Select(i => (long)i)], [], null),
    };

    /// <summary>A profile of one vector column <c>Features</c> with these slots.</summary>
    public static DataProfile OfSlots(params IReadOnlyList<SlotProfile> slots) =>
        Of(slots.Count == 0 ? 0 : slots[0].Count, [Vector("Features", slots)]);

    /// <summary>A vector column of floats.</summary>
    public static ColumnProfile Vector(string name, params IReadOnlyList<SlotProfile> slots) => new()
    {
        Name = name,
        Index = 0,
        Kind = ColumnKind.Number,
        TypeText = $"Vector<Single, {slots.Count}>",
        Role = ColumnRole.Feature,
        IsVector = true,
        IsSingle = true,
        Slots = [.. slots.Select((s, i) => s with { Index = i, Name = s.Name.Length > 0 ? s.Name : $"{name}[{i}]" })],
    };

    /// <summary>A scalar float column.</summary>
    public static ColumnProfile Scalar(string name, SlotProfile slot, ColumnKind kind = ColumnKind.Number) => new()
    {
        Name = name,
        Index = 0,
        Kind = kind,
        TypeText = kind == ColumnKind.Number ? "Single" : kind.ToString(),
        Role = ColumnRole.Feature,
        IsSingle = kind == ColumnKind.Number,
        Slots = [slot with { Name = name }],
    };

    /// <summary>A slot of these values; NaN is missing. Exact moments, quantiles, distinct values and heavy hitters.</summary>
    public static SlotProfile Slot(IReadOnlyList<double> values, string name = "")
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        return new SlotProfile
        {
            Index = 0,
            Name = name,
            Count = values.Count,
            Missing = values.Count(double.IsNaN),
            PositiveInfinities = values.Count(double.IsPositiveInfinity),
            NegativeInfinities = values.Count(double.IsNegativeInfinity),
            Zeros = values.Count(v => v == 0),
            Min = finite.Length == 0 ? double.NaN : finite.Min(),
            Max = finite.Length == 0 ? double.NaN : finite.Max(),
            Mean = finite.Length == 0 ? double.NaN : finite.Average(),
            Variance = finite.Length switch { 0 => double.NaN, 1 => 0, _ => finite.Variance() },
            MissingRows = First(values, double.IsNaN),
            InfiniteRows = First(values, double.IsInfinity),
            Sketch = new SlotSketch
            {
                Count = finite.Length,
                Distinct = finite.Distinct().LongCount(),
                IsExact = true,
                Quantiles = finite.Length == 0 ? [] : [.. new[] { 0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1 }.Select(finite.Quantile)],
                HeavyHitters =
                [
                    .. finite.GroupBy(v => v).Where(g => g.Count() > 1).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(16)
                        .Select(g => new HeavyHitter(g.Key, null, g.Count())),
                ],
            },
        };
    }

    /// <summary>A slot of normal values, seeded.</summary>
    public static SlotProfile Normal(double mean, double deviation, int rows = 1000, int seed = 1, string name = "")
    {
        var random = new Random(seed);
        return Slot([.. Enumerable.Range(0, rows).Select(_ => mean + deviation * Gauss(random))], name);
    }

    /// <summary>The same slot with a given dependence on the label.</summary>
    public static SlotProfile WithAssociation(this SlotProfile slot, AssociationKind kind, double value, int? rows = null) => slot with
    {
        Sketch = slot.Sketch! with { Association = new LabelAssociation(kind, value, rows ?? slot.Sketch.Count) },
    };

    /// <summary>A class label with these counts, values 0, 1, 2, ... and nothing known of the order.</summary>
    public static LabelProfile ClassLabel(params IReadOnlyList<long> counts) => new()
    {
        Name = "Label",
        Kind = ColumnKind.Number,
        TypeText = "Single",
        Count = counts.Sum(),
        Classes = [.. counts.Select((c, i) => new ClassCount(i, i.ToString(System.Globalization.CultureInfo.InvariantCulture), c))],
    };

    /// <summary>A continuous label.</summary>
    public static LabelProfile RealLabel(SlotProfile moments) => new()
    {
        Name = "Label",
        Kind = ColumnKind.Number,
        TypeText = "Single",
        Count = moments.Count,
        TooManyClasses = true,
        Moments = moments,
    };

    /// <summary>A standard normal value (Box-Muller).</summary>
    public static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static List<long> First(IReadOnlyList<double> values, Func<double, bool> where) =>
        [.. Enumerable.Range(0, values.Count).Where(i => where(values[i])).Take(5).Select(i => (long)i)];
}
