namespace MLNetDebug.Data;

/// <summary>What the source's row ids say.</summary>
public sealed record RowIdProfile
{
    /// <summary>Neighbouring rows whose id rises by exactly one.</summary>
    public long Consecutive { get; init; }

    /// <summary>Neighbouring rows whose id rises.</summary>
    public long Rising { get; init; }

    /// <summary>Neighbouring pairs compared.</summary>
    public long Pairs { get; init; }

    /// <summary>Greatest distance between a row's position and its id; large where a global shuffle took place, 0 where ids are positions.</summary>
    public long MaxDisplacement { get; init; }

    /// <summary>Mean distance between a row's position and its id.</summary>
    public double MeanDisplacement { get; init; }

    /// <summary>True where every id rises: file order, or ids that a cache numbered anew.</summary>
    public bool IsMonotone => Pairs > 0 && Rising == Pairs;
}
