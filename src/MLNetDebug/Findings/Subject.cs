namespace MLNetDebug;

/// <summary>What kind of thing a finding is about.</summary>
public enum SubjectKind
{
    /// <summary>The whole data set.</summary>
    DataSet = 0,

    /// <summary>A column, or one slot of a vector column.</summary>
    Column = 1,

    /// <summary>The label column.</summary>
    Label = 2,

    /// <summary>A pair of splits.</summary>
    Split = 3,

    /// <summary>A text file.</summary>
    File = 4,

    /// <summary>A module of a network.</summary>
    Layer = 5,

    /// <summary>A training run.</summary>
    Run = 6,

    /// <summary>A model.</summary>
    Model = 7,

    /// <summary>A trainer, or one of its options.</summary>
    Trainer = 8,
}

/// <summary>The place a finding points at.</summary>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Name">Its name: a column, a layer, a split.</param>
public sealed record Subject(SubjectKind Kind, string Name)
{
    /// <summary>Zero-based slot of a vector column.</summary>
    public int? Slot { get; init; }

    /// <summary>The slot's own name where it has one.</summary>
    public string? SlotName { get; init; }

    /// <summary>Zero-based row positions, first ones only; empty where rows do not matter.</summary>
    public IReadOnlyList<long> Rows { get; init; } = [];

    /// <summary>Zero-based epoch.</summary>
    public int? Epoch { get; init; }

    /// <summary>Zero-based training step.</summary>
    public long? Step { get; init; }

    /// <summary>A subject for a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="slot">The slot of a vector column.</param>
    /// <param name="slotName">The slot's name.</param>
    /// <returns>The subject.</returns>
    public static Subject Column(string name, int? slot = null, string? slotName = null) =>
        new(SubjectKind.Column, name) { Slot = slot, SlotName = slotName };

    /// <summary>Name as a reader wants it: the slot's own name, or <c>Features[3]</c>.</summary>
    public string Display => Slot is null ? Name
        : !string.IsNullOrEmpty(SlotName) && !SlotName.StartsWith(Name + "[", StringComparison.Ordinal) ? $"{Name}[{Slot}] ({SlotName})"
        : $"{Name}[{Slot}]";

    /// <inheritdoc/>
    public override string ToString() => Display;
}
