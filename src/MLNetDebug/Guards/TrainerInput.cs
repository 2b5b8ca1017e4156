namespace MLNetDebug.Guards;

/// <summary>What a network's trainer needs of its rows beyond what a data profile tells. Immutable.</summary>
internal sealed record TrainerInput
{
    /// <summary>The trainer's type name.</summary>
    public required string Trainer { get; init; }

    /// <summary>What the rows are called in messages.</summary>
    public string Name { get; init; } = "training data";

    /// <summary>Rows read.</summary>
    public required long Rows { get; init; }

    /// <summary>The text columns.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The label column; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The column of box coordinates, or of the answer's text; null for other trainers.</summary>
    public string? Partner { get; init; }

    /// <summary>Rows with a text of no word.</summary>
    public FaultyRows Empty { get; init; } = FaultyRows.None;

    /// <summary>Rows whose texts have at least 512 words, so that their end is cut off.</summary>
    public FaultyRows Cut { get; init; } = FaultyRows.None;

    /// <summary>Rows of images with another number of coordinates than four per label.</summary>
    public FaultyRows Boxes { get; init; } = FaultyRows.None;

    /// <summary>Rows whose answer does not stand where its index says.</summary>
    public FaultyRows Spans { get; init; } = FaultyRows.None;

    /// <summary>Rows of sentences with fewer labels than words.</summary>
    public FaultyRows Words { get; init; } = FaultyRows.None;
}

/// <summary>How many rows, and the first of them (at most 20).</summary>
/// <param name="Count">Rows.</param>
/// <param name="Rows">First positions.</param>
internal sealed record FaultyRows(long Count, IReadOnlyList<long> Rows)
{
    public static FaultyRows None { get; } = new(0, []);

    public static FaultyRows Of(RowFaults faults) => new(faults.Count, faults.Rows);
}
