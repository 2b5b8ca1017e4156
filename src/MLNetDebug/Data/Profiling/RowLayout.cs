using System.Numerics;

namespace MLNetDebug.Data;

/// <summary>
/// The places of all columns in a block of rows: numbers in two lanes, codes in a third, and in each lane what belongs to a row's
/// fingerprint first.
/// </summary>
internal sealed class RowLayout
{
    private RowLayout(IReadOnlyList<ColumnPlan> columns)
    {
        Columns = columns;
    }

    /// <summary>Columns in schema order.</summary>
    public IReadOnlyList<ColumnPlan> Columns { get; private init; }

    public int Singles { get; private set; }

    public int Doubles { get; private set; }

    public int Codes { get; private set; }

    /// <summary>Leading singles that belong to the fingerprint.</summary>
    public int HashedSingles { get; private set; }

    public int HashedDoubles { get; private set; }

    public int HashedCodes { get; private set; }

    /// <summary>Singles per row, rounded up to whole vectors.</summary>
    public int SingleStride => RoundUp(Singles, Vector<float>.Count);

    public int DoubleStride => RoundUp(Doubles, Vector<double>.Count);

    public ColumnPlan? Label => Columns.FirstOrDefault(c => c.Role == ColumnRole.Label);

    /// <summary>True where every declared feature is part of the fingerprint.</summary>
    public bool CanFingerprint => Columns.Any(c => c.Role == ColumnRole.Feature) && Columns.All(c => c.Role != ColumnRole.Feature || c.IsRead);

    /// <summary>Gives every column its place.</summary>
    /// <param name="columns">Columns in schema order.</param>
    /// <param name="featureOrder">Names of the features in the order they enter the fingerprint.</param>
    public static RowLayout Create(IReadOnlyList<ColumnPlan> columns, IReadOnlyList<string> featureOrder)
    {
        var layout = new RowLayout(columns) { Columns = columns };
        var placed = columns.ToArray();
        var rank = featureOrder.Distinct().Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        var order = Enumerable.Range(0, placed.Length).Where(i => placed[i].IsRead)
            .OrderBy(i => placed[i].Role == ColumnRole.Feature ? rank.GetValueOrDefault(placed[i].Name, int.MaxValue - 1) : int.MaxValue).ToArray();

        // What is hashed comes first in every lane; where codes stand for a value, its number is not hashed too.
        foreach (var hashed in new[] { true, false })
        {
            foreach (var i in order)
            {
                var column = placed[i];
                var feature = column.Role == ColumnRole.Feature;
                var numbersNow = (feature && !column.HasCodes) == hashed;
                var codesNow = column.HasCodes && feature == hashed;
                if (column.Lane == Lane.Single && numbersNow)
                {
                    column = column with { Offset = layout.Singles };
                    layout.Singles += column.LaneWidth;
                }
                else if (column.Lane == Lane.Double && numbersNow)
                {
                    column = column with { Offset = layout.Doubles };
                    layout.Doubles += column.LaneWidth;
                }

                if (codesNow)
                {
                    column = column with { CodeOffset = layout.Codes };
                    layout.Codes += column.CodeWidth;
                }

                placed[i] = column;
            }

            if (hashed)
                (layout.HashedSingles, layout.HashedDoubles, layout.HashedCodes) = (layout.Singles, layout.Doubles, layout.Codes);
        }

        return new RowLayout(placed)
        {
            Columns = placed,
            Singles = layout.Singles,
            Doubles = layout.Doubles,
            Codes = layout.Codes,
            HashedSingles = layout.HashedSingles,
            HashedDoubles = layout.HashedDoubles,
            HashedCodes = layout.HashedCodes,
        };
    }

    private static int RoundUp(int count, int unit) => (count + unit - 1) / unit * unit;
}
