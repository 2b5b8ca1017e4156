namespace MLNetDebug.Data;

/// <summary>Rows whose features stand on both sides.</summary>
internal sealed record RowLeakage
{
    /// <summary>True where every row was compared; false where a sample of the fingerprints stands for them.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Training rows compared.</summary>
    public required long TrainRows { get; init; }

    /// <summary>Hold-out rows compared.</summary>
    public required long TestRows { get; init; }

    /// <summary>Compared hold-out rows whose features equal those of a training row.</summary>
    public required long Copies { get; init; }

    /// <summary>Those of them that carry the label of such a row.</summary>
    public required long AgreeingCopies { get; init; }

    /// <summary>Hold-out rows expected to coincide with a training row by the duplicates within the training rows alone.</summary>
    public required double ExpectedCopies { get; init; }

    /// <summary>Groups of equal rows that stand on both sides.</summary>
    public required long MixedGroups { get; init; }

    /// <summary>Groups of at least two equal rows.</summary>
    public required long Groups { get; init; }

    /// <summary>Bound on the probability of so many mixed groups where the same rows are split at random.</summary>
    public required double PValue { get; init; }

    /// <summary>Hold-out rows that equal a training row in features and in the source's row id, features being unique on either side.</summary>
    public required long SameSourceRows { get; init; }

    /// <summary>Probability of so many by chance, where row ids of two unrelated sources are both positions.</summary>
    public required double SameSourcePValue { get; init; }

    /// <summary>Zero-based positions of the copies in the hold-out split, ascending; all of them where exact.</summary>
    public required IReadOnlyList<long> CopyRows { get; init; }

    /// <summary>Zero-based positions in the hold-out split of the rows behind <see cref="SameSourceRows"/>.</summary>
    public required IReadOnlyList<long> SameSourceCopyRows { get; init; }
}
