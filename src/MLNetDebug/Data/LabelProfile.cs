namespace MLNetDebug.Data;

/// <summary>One class and how many rows carry it.</summary>
/// <param name="Value">The number, the 1-based key, or for text the order of first appearance from 1.</param>
/// <param name="Text">How the user writes it (key value, text, number).</param>
/// <param name="Count">Rows.</param>
public sealed record ClassCount(double Value, string Text, long Count);

/// <summary>The label over every row.</summary>
public sealed record LabelProfile
{
    /// <summary>At most so many distinct label values are counted; beyond that the label is continuous.</summary>
    public const int MaxClasses = 10_000;

    /// <summary>The label column.</summary>
    public required string Name { get; init; }

    /// <summary>The column's kind.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The column's ML.NET type as text.</summary>
    public required string TypeText { get; init; }

    /// <summary>Rows.</summary>
    public required long Count { get; init; }

    /// <summary>Rows without a label: NaN, key 0, empty text.</summary>
    public long Missing { get; init; }

    /// <summary>First row positions (at most 20) without a label.</summary>
    public IReadOnlyList<long> MissingRows { get; init; } = [];

    /// <summary>Infinite labels.</summary>
    public long Infinite { get; init; }

    /// <summary>First row positions (at most 20) with an infinite label.</summary>
    public IReadOnlyList<long> InfiniteRows { get; init; } = [];

    /// <summary>Finite labels that are not integers.</summary>
    public long NonInteger { get; init; }

    /// <summary>Negative labels.</summary>
    public long Negative { get; init; }

    /// <summary>Distinct values in ascending order with their counts; empty where there are more than <see cref="MaxClasses"/>.</summary>
    public IReadOnlyList<ClassCount> Classes { get; init; } = [];

    /// <summary>True where more than <see cref="MaxClasses"/> distinct values were seen.</summary>
    public bool TooManyClasses { get; init; }

    /// <summary>Declared number of keys; null for other kinds.</summary>
    public ulong? KeyCount { get; init; }

    /// <summary>True where a key label carries its values.</summary>
    public bool HasKeyValues { get; init; }

    /// <summary>Texts of declared keys no row carries (at most 100).</summary>
    public IReadOnlyList<string> AbsentKeys { get; init; } = [];

    /// <summary>How many declared keys no row carries.</summary>
    public long AbsentKeyCount { get; init; }

    /// <summary>Moments of a numeric label; null for text.</summary>
    public SlotProfile? Moments { get; init; }

    /// <summary>What the order of the labels says; null without labelled rows.</summary>
    public LabelOrder? Order { get; init; }

    /// <summary>
    /// Labels in row order, one per row from the first, at most <see cref="MaxSequence"/>; NaN where missing or infinite. Class labels as in
    /// <see cref="ClassCount.Value"/>.
    /// </summary>
    internal float[] Sequence { get; init; } = [];

    /// <summary>At most so many labels are kept in <see cref="Sequence"/>.</summary>
    internal const int MaxSequence = 1 << 19;
}
