using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Bases;

/// <summary>Which runs a base is for. Thresholds are set on <see cref="Calibrate"/> only; every table prints <see cref="Score"/>.</summary>
internal enum Split
{
    Calibrate,
    Score,
}

/// <summary>A healthy data set that can be drawn again and again.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Split">The split all its runs belong to, whatever the seed.</param>
/// <param name="Draw">Draws its rows in random order: anew for a generator, reshuffled (and cut to size) for a file.</param>
internal sealed record ZooBase(string Id, Split Split, Func<int, ZooTable> Draw)
{
    /// <summary>True for rows that were measured in the world, or are drawn to look like such.</summary>
    public bool IsReal { get; init; }

    /// <summary>True where the features say little of the label.</summary>
    public bool IsWeak { get; init; }

    /// <summary>True where a user would feed the values as they are, also to a gradient trainer ([0,1] images, one-hot, counts).</summary>
    public bool IsScaled { get; init; }

    /// <summary>True where groups of rows must stay on one side of a split.</summary>
    public bool IsGrouped { get; init; }
}
