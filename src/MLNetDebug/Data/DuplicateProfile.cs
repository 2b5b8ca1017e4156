namespace MLNetDebug.Data;

/// <summary>What fingerprints of rows (64 bit, over canonical values: NaN equal, -0 = 0) say of duplicates.</summary>
public sealed record DuplicateProfile
{
    /// <summary>True where all rows were compared; false where a sample of the fingerprint space stands for them.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Rows the counts stand on (all rows where exact, else the sampled ones).</summary>
    public required long Rows { get; init; }

    /// <summary>Share of the fingerprint space that was kept; 1 where exact.</summary>
    public double SampledShare { get; init; } = 1;

    /// <summary>Rows whose features equal those of an earlier row.</summary>
    public long DuplicateFeatures { get; init; }

    /// <summary>Rows whose features and label equal those of an earlier row.</summary>
    public long DuplicateRows { get; init; }

    /// <summary>Groups of rows with equal features and different labels.</summary>
    public long ConflictingGroups { get; init; }

    /// <summary>Rows in those groups.</summary>
    public long ConflictingRows { get; init; }

    /// <summary>First conflicting pairs of row positions (at most 20).</summary>
    public IReadOnlyList<(long First, long Second)> ConflictingExamples { get; init; } = [];

    /// <summary>First duplicate pairs of row positions (at most 20).</summary>
    public IReadOnlyList<(long First, long Second)> DuplicateExamples { get; init; } = [];
}
