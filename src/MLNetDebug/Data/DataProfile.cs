namespace MLNetDebug.Data;

/// <summary>The numbers of one data set: one streaming pass over every row, and sketches on a deterministic sample. Immutable.</summary>
public sealed record DataProfile
{
    /// <summary>What the data set is called in messages, such as <c>training data</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Rows read.</summary>
    public required long RowCount { get; init; }

    /// <summary>False where a row or time budget ended the pass early.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What the columns are for.</summary>
    public required DataDeclaration Declaration { get; init; }

    /// <summary>Every column in schema order; those not read carry a reason.</summary>
    public required IReadOnlyList<ColumnProfile> Columns { get; init; }

    /// <summary>The label; null where there is none or its type cannot be one.</summary>
    public LabelProfile? Label { get; init; }

    /// <summary>What the fingerprints of rows say; null where no feature was read.</summary>
    public DuplicateProfile? Duplicates { get; init; }

    /// <summary>What the source's row ids say of the order.</summary>
    public required RowIdProfile RowIds { get; init; }

    /// <summary>The sampled rows.</summary>
    public required DataSample Sample { get; init; }

    /// <summary>The columns rules judge: declared features that were read.</summary>
    public IEnumerable<ColumnProfile> FeatureColumns => Columns.Where(c => c.Role == ColumnRole.Feature && c.NotCheckedReason is null);

    /// <summary>The column of a name; null where there is none.</summary>
    /// <param name="name">The column.</param>
    /// <returns>The column or null.</returns>
    public ColumnProfile? Column(string? name) => name is null ? null : Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>Merges the profiles of two neighbouring parts: what one pass over the whole gives (moments but for rounding).</summary>
    /// <param name="earlier">The part that comes first.</param>
    /// <param name="later">The part that begins where it ends, profiled with <see cref="DataProfilerOptions.FirstRow"/>.</param>
    /// <returns>The profile of both.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The parts do not follow each other, or their columns or declarations differ.</exception>
    /// <exception cref="InvalidOperationException">A profile was not made by a <see cref="DataProfiler"/>.</exception>
    public static DataProfile Merge(DataProfile earlier, DataProfile later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        return ProfileMerger.Merge(earlier, later);
    }

    /// <summary>Saves the profile, its sample and its fingerprints in a binary form of this library's own. The stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="InvalidOperationException">The profile was not made by a <see cref="DataProfiler"/>.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ProfileFile.Save(ProfileMerger.StateOf(this), stream);
    }

    /// <summary>Loads a saved profile. The stream stays open.</summary>
    /// <param name="stream">Where from.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    /// <exception cref="InvalidDataException">The stream does not hold a saved profile, or it is damaged or of another version.</exception>
    public static DataProfile Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ProfileFile.Load(stream);
    }

    /// <summary>Fingerprints of rows, for comparing splits; null where no feature was read.</summary>
    internal RowFingerprints? Fingerprints { get; init; }

    /// <summary>What the profile was made of, for merging and saving; null in profiles made by hand.</summary>
    internal ProfileState? State { get; init; }
}
