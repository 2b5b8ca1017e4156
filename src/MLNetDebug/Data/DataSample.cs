namespace MLNetDebug.Data;

/// <summary>
/// A deterministic sample of rows: those whose hashed position falls under a level that halves whenever the sample outgrows its
/// bound. The same rows whatever the machine, and samples of two parts merge to the sample of the whole.
/// </summary>
public sealed class DataSample
{
    /// <summary>At most so many rows are sampled.</summary>
    public const int MaxRows = 200_000;

    /// <summary>Slots with a sketch: the first so many over all columns.</summary>
    public const int MaxSlots = 2_000;

    internal DataSample(int level, long[] positions, IReadOnlyList<SampleColumn> columns, float[]? labels)
    {
        Level = level;
        Positions = positions;
        Columns = columns;
        Labels = labels;
    }

    /// <summary>Sampled rows.</summary>
    public int Count => Positions.Length;

    /// <summary>A row is sampled with probability 2^-level; 0 where every row is.</summary>
    public int Level { get; }

    /// <summary>True where every row was sampled.</summary>
    public bool IsComplete => Level == 0;

    /// <summary>Zero-based positions of the sampled rows, ascending.</summary>
    internal long[] Positions { get; }

    /// <summary>The sampled slots of the columns that were read (feature, group, time roles), in schema order then slot order.</summary>
    internal IReadOnlyList<SampleColumn> Columns { get; }

    /// <summary>Labels of the sampled rows, as in <see cref="ClassCount.Value"/>; NaN where missing; null without a label.</summary>
    internal float[]? Labels { get; }

    /// <summary>The sampled values of one slot; null where it was not sampled.</summary>
    internal SampleColumn? Find(string column, int slot = 0) => Columns.FirstOrDefault(c => c.Column == column && c.Slot == slot);
}

/// <summary>The sampled values of one slot.</summary>
internal sealed class SampleColumn
{
    /// <summary>The column's name.</summary>
    public required string Column { get; init; }

    /// <summary>Zero-based slot.</summary>
    public required int Slot { get; init; }

    /// <summary>The column's kind.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>What the column is for.</summary>
    public required ColumnRole Role { get; init; }

    /// <summary>The subject of a finding about it.</summary>
    public required Subject Subject { get; init; }

    /// <summary>Values of 32-bit floats, booleans and keys (0 is missing, given as NaN); NaN where missing. Null for the others.</summary>
    public float[]? Singles { get; init; }

    /// <summary>Values of wider numbers and of times in ticks; NaN where missing. Null for the others.</summary>
    public double[]? Doubles { get; init; }

    /// <summary>64-bit hashes of texts; 0 where missing. Null for the others.</summary>
    public ulong[]? Codes { get; init; }

    /// <summary>Texts of the most frequent codes (bounded).</summary>
    public IReadOnlyDictionary<ulong, string>? Texts { get; init; }

    /// <summary>True for text, keys and booleans: compared as categories.</summary>
    public bool IsCategorical => Kind is ColumnKind.Text or ColumnKind.Key or ColumnKind.Boolean;

    public int Count => Singles?.Length ?? Doubles?.Length ?? Codes!.Length;

    /// <summary>The value of a sampled row as a number; NaN for texts.</summary>
    public double Number(int row) => Singles is not null ? Singles[row] : Doubles is not null ? Doubles[row] : double.NaN;

    /// <summary>The value of a sampled row as a category code; 0 where missing.</summary>
    public ulong Code(int row)
    {
        if (Codes is not null)
            return Codes[row];
        var value = Number(row);
        return double.IsNaN(value) ? 0 : BitConverter.DoubleToUInt64Bits(value + 0.0) + 1;
    }
}
