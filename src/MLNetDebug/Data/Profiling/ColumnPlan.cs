namespace MLNetDebug.Data;

/// <summary>Where the numbers of a column stand in a block of rows.</summary>
internal enum Lane : byte
{
    /// <summary>The column has no numbers.</summary>
    None = 0,

    /// <summary>Among the 32-bit floats.</summary>
    Single = 1,

    /// <summary>Among the 64-bit floats.</summary>
    Double = 2,
}

/// <summary>What is known of a column before the first row is read, and where its values go in a block of rows.</summary>
internal sealed record ColumnPlan
{
    public required string Name { get; init; }

    public required int Index { get; init; }

    public required ColumnKind Kind { get; init; }

    public required string TypeText { get; init; }

    public required ColumnRole Role { get; init; }

    public bool IsVector { get; init; }

    public bool IsSingle { get; init; }

    public bool IsNormalized { get; init; }

    public ulong? KeyCount { get; init; }

    public bool HasKeyValues { get; init; }

    public IReadOnlyList<(int First, int Last)> CategoricalRanges { get; init; } = [];

    /// <summary>Names by slot, null or empty entries where a slot has none; null where no slot has.</summary>
    public string?[]? SlotNames { get; init; }

    public string? NotCheckedReason { get; init; }

    /// <summary>Slots; 0 where the column is not profiled.</summary>
    public int Width { get; init; }

    /// <summary>Slots that stand in the lane; fewer than <see cref="Width"/> for a very wide vector, whose later slots have a lane of their own.</summary>
    public int LaneWidth { get; init; }

    public bool IsWide => LaneWidth < Width;

    public Lane Lane { get; init; }

    /// <summary>First slot in the lane.</summary>
    public int Offset { get; init; } = -1;

    /// <summary>True where the column has 64-bit codes: hashes of texts, bits of wide integers and times.</summary>
    public bool HasCodes { get; init; }

    /// <summary>First code of the row; -1 without.</summary>
    public int CodeOffset { get; init; } = -1;

    /// <summary>Codes per row: one per slot, or one for a whole vector that is very wide or of unknown length.</summary>
    public int CodeWidth { get; init; }

    public bool IsRead => Lane != Lane.None || HasCodes;

    /// <summary>The name of a slot.</summary>
    public string SlotName(int slot)
    {
        if (!IsVector)
            return Name;
        return SlotNames is not null && SlotNames[slot] is { Length: > 0 } name
            ? name
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}[{slot}]");
    }

    /// <summary>The subject of a finding about a slot.</summary>
    public Subject SubjectOf(int slot) => IsVector ? Subject.Column(Name, slot, SlotName(slot)) : Subject.Column(Name);
}
