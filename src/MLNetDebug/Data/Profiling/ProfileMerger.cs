using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Merges the profiles of two neighbouring parts of one data set.</summary>
internal static class ProfileMerger
{
    public static DataProfile Merge(DataProfile earlier, DataProfile later)
    {
        var (first, second) = (StateOf(earlier), StateOf(later));
        RequireAlike(earlier, later);
        var next = first.FirstRow + first.RowCount;
        if (second.FirstRow != next)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The later part begins at row {second.FirstRow}, the earlier one ends before row {next}. Profile the later part with new DataProfilerOptions {{ FirstRow = {next} }}."),
                nameof(later));
        }

        // Merging consumes both states; copies keep the given profiles what they were.
        var whole = Copy(first);
        whole.Append(Copy(second));
        return ProfileAssembler.Assemble(whole);
    }

    public static ProfileState StateOf(DataProfile profile) => profile.State
        ?? throw new InvalidOperationException($"The profile of the {profile.Name} was not made by a DataProfiler, so that it can neither be merged nor saved.");

    private static void RequireAlike(DataProfile earlier, DataProfile later)
    {
        if (earlier.Declaration.BatchSize != later.Declaration.BatchSize)
            throw new ArgumentException("The parts were profiled at different batch sizes; profile both with one declaration.", nameof(later));
        if (earlier.Columns.Count != later.Columns.Count)
            throw new ArgumentException($"The earlier part has {earlier.Columns.Count} columns, the later one {later.Columns.Count}.", nameof(later));
        foreach (var (a, b) in earlier.Columns.Zip(later.Columns))
        {
            if (a.Name != b.Name || a.TypeText != b.TypeText || a.Role != b.Role)
            {
                throw new ArgumentException(
                    $"Column {a.Index} is '{a.Name}' ({a.TypeText}, {a.Role}) in the earlier part and '{b.Name}' ({b.TypeText}, {b.Role}) in the later one.", nameof(later));
            }
        }
    }

    private static ProfileState Copy(ProfileState state)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        StateFormat.Write(state, writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        return StateFormat.Read(reader);
    }
}
