namespace MLNetDebug.AutoML.Experiment;

/// <summary>What kind of option it is.</summary>
internal enum SpaceOptionKind
{
    Int,
    Single,
    Double,
    Choice,
    Unknown,
}

/// <summary>One option of a search space, in words of our own: what is judged needs no AutoML.</summary>
/// <param name="Key">Its key, with those above it.</param>
/// <param name="Kind">Its kind.</param>
internal sealed record SpaceOption(string Key, SpaceOptionKind Kind)
{
    /// <summary>Lower bound of a number.</summary>
    public double Min { get; init; }

    /// <summary>Upper bound of a number.</summary>
    public double Max { get; init; }

    /// <summary>True where it is drawn by its logarithm.</summary>
    public bool IsLog { get; init; }

    /// <summary>The choices, as text.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Where tuners begin, as shares of the range; empty where it has no dimension.</summary>
    public IReadOnlyList<double> Start { get; init; } = [];

    /// <summary>True for numbers.</summary>
    public bool IsNumber => Kind is SpaceOptionKind.Int or SpaceOptionKind.Single or SpaceOptionKind.Double;
}
