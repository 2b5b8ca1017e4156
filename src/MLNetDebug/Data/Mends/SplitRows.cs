using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>What a split needs of every row.</summary>
internal sealed class SplitRows
{
    private SplitRows(List<ulong> hashes, List<double>? values, List<ulong>? groups, List<bool>? missing)
    {
        Hashes = [.. hashes];
        Values = values?.ToArray();
        Groups = groups?.ToArray();
        Missing = missing?.ToArray();
    }

    public int Count => Hashes.Length;

    /// <summary>Hash of the features.</summary>
    public ulong[] Hashes { get; }

    /// <summary>Class or time, NaN where missing; null for other kinds of split.</summary>
    public double[]? Values { get; }

    /// <summary>Hash of the group; null for other kinds of split.</summary>
    public ulong[]? Groups { get; }

    /// <summary>Whether the row has no group; null for other kinds of split.</summary>
    public bool[]? Missing { get; }

    public static SplitRows Read(IDataView data, SplitMend mend)
    {
        DataViewSchema.Column? key = mend.Kind == SplitKind.Random ? null
            : MendChecks.Column(data, mend.Column ?? throw new InvalidOperationException($"A {mend.Kind} split needs a column."), mend);
        if (key is { } k && (k.Type is VectorDataViewType || ColumnTypes.KindOf(k.Type) == ColumnKind.NotChecked))
            throw new InvalidOperationException($"Column '{k.Name}' is {k.Type}, which rows cannot be split by.");
        DataViewSchema.Column[] features = mend.Features.Count > 0
            ? [.. mend.Features.Select(f => MendChecks.Column(data, f, mend))]
            : [.. data.Schema.Where(c => !c.IsHidden && c.Index != key?.Index)];
        using var cursor = data.GetRowCursor(key is { } needed ? features.Append(needed).DistinctBy(c => c.Index) : features);
        var hash = RowHasher.Create(features, cursor);
        var group = mend.Kind == SplitKind.Group ? RowHasher.Create([key!.Value], cursor) : null;
        var isMissing = mend.Kind == SplitKind.Group ? MissingValues.TestOf(key!.Value, cursor) : null;
        var value = mend.Kind is SplitKind.Stratified or SplitKind.Time
            ? LabelReader.Create(key!.Value.Type is TextDataViewType ? new LabelTexts() : null, key.Value, cursor)
            : null;

        var (hashes, values, groups, missing) = (new List<ulong>(), new List<double>(), new List<ulong>(), new List<bool>());
        while (cursor.MoveNext())
        {
            hashes.Add(hash is null ? Mix.Hash((ulong)hashes.Count) : hash());
            if (value is not null)
                values.Add(value.Read(out _));
            if (group is null)
                continue;
            groups.Add(group());
            missing.Add(isMissing!());
        }

        return new SplitRows(hashes, value is null ? null : values, group is null ? null : groups, group is null ? null : missing);
    }
}
