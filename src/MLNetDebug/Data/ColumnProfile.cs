namespace MLNetDebug.Data;

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>Neither of the others: profiled where asked, never judged.</summary>
    Other = 0,

    /// <summary>A feature.</summary>
    Feature = 1,

    /// <summary>The label.</summary>
    Label = 2,

    /// <summary>The group.</summary>
    Group = 3,

    /// <summary>The example weight.</summary>
    Weight = 4,

    /// <summary>The row's time.</summary>
    Time = 5,
}

/// <summary>The kinds of column ML.NET has.</summary>
public enum ColumnKind
{
    /// <summary>A kind that is not checked (images, custom types).</summary>
    NotChecked = 0,

    /// <summary>Any number type, scalar or vector.</summary>
    Number = 1,

    /// <summary>Booleans.</summary>
    Boolean = 2,

    /// <summary>Text.</summary>
    Text = 3,

    /// <summary>Keys (1-based codes, 0 is missing).</summary>
    Key = 4,

    /// <summary>DateTime, DateTimeOffset or TimeSpan, as ticks.</summary>
    Time = 5,
}

/// <summary>One column.</summary>
public sealed record ColumnProfile
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its index in the schema.</summary>
    public required int Index { get; init; }

    /// <summary>Its kind; for a vector that of its items.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Its ML.NET type as text, such as <c>Vector&lt;Single, 50&gt;</c>.</summary>
    public required string TypeText { get; init; }

    /// <summary>What it is for.</summary>
    public required ColumnRole Role { get; init; }

    /// <summary>True for vector columns.</summary>
    public bool IsVector { get; init; }

    /// <summary>True where the items are stored as 32-bit floats, which round integers above 2^24.</summary>
    public bool IsSingle { get; init; }

    /// <summary>True where the schema says a normaliser made it (<c>IsNormalized</c>).</summary>
    public bool IsNormalized { get; init; }

    /// <summary>Declared number of values of a key column; null for other kinds and unbounded keys.</summary>
    public ulong? KeyCount { get; init; }

    /// <summary>True where a key column carries its values.</summary>
    public bool HasKeyValues { get; init; }

    /// <summary>Slot ranges [first, last] that one-hot encode one category each (<c>CategoricalSlotRanges</c>).</summary>
    public IReadOnlyList<(int First, int Last)> CategoricalRanges { get; init; } = [];

    /// <summary>One entry per slot; a scalar column has one. Empty where not checked.</summary>
    public IReadOnlyList<SlotProfile> Slots { get; init; } = [];

    /// <summary>Why it was not checked; null where it was.</summary>
    public string? NotCheckedReason { get; init; }

    /// <summary>True where a slot belongs to a one-hot group.</summary>
    /// <param name="slot">Zero-based slot.</param>
    /// <returns>Whether it does.</returns>
    public bool IsCategoricalSlot(int slot) => CategoricalRanges.Any(r => slot >= r.First && slot <= r.Last);

    /// <summary>The subject of a finding about one slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>The subject.</returns>
    public Subject SubjectOf(SlotProfile slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        return IsVector ? Subject.Column(Name, slot.Index, slot.Name) : Subject.Column(Name);
    }
}
