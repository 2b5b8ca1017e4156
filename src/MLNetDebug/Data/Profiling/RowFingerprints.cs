namespace MLNetDebug.Data;

/// <summary>
/// Fingerprints of rows: features, features with label, and features with the source's row id. Exact up to a stated number of
/// rows; beyond it only fingerprints whose low bits are zero are kept, so that two sets stay comparable.
/// </summary>
internal sealed class RowFingerprints
{
    /// <summary>All rows are kept up to this many.</summary>
    public const int ExactRows = 1 << 19;

    /// <summary>Fingerprints are kept where their lowest <see cref="Level"/> bits are zero.</summary>
    public required int Level { get; init; }

    /// <summary>Fingerprint of the features of each kept row, in row order.</summary>
    public required ulong[] Features { get; init; }

    /// <summary>32-bit hash of the label of each kept row; 0 where there is no label.</summary>
    public required uint[] Labels { get; init; }

    /// <summary>Hash of (source row id, features) of each kept row, kept for the same rows.</summary>
    public required uint[] Ids { get; init; }

    /// <summary>Zero-based position of each kept row.</summary>
    public required uint[] Positions { get; init; }
}
