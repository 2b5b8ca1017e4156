using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>One place a field of a line goes to.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Slot">The slot of a vector column; null for a scalar.</param>
/// <param name="Kind">The type.</param>
/// <param name="KeyCount">Number of keys; null for other columns.</param>
internal sealed record FileTarget(string Column, int? Slot, DataKind Kind, ulong? KeyCount);

/// <summary>Which field of a line goes to which column, as the loader resolved the options.</summary>
internal sealed class FileColumns
{
    private readonly Dictionary<int, List<FileTarget>> _byField = [];
    private readonly List<(int From, int FirstSlot, TextLoader.Column Column, ulong? KeyCount)> _toTheEnd = [];

    /// <param name="options">The options, columns given.</param>
    /// <param name="schema">What the loader made of them, which tells how far a range to the last field reaches.</param>
    public FileColumns(TextLoader.Options options, DataViewSchema schema)
    {
        foreach (var column in options.Columns)
            Place(column, schema);
        FieldsNeeded = _byField.Count == 0 ? 1 : _byField.Keys.Max() + 1;
    }

    /// <summary>Fields a row must have for every column to be filled.</summary>
    public int FieldsNeeded { get; }

    /// <summary>True where a column takes all fields to the end of the line.</summary>
    public bool HasOpenEnd => _toTheEnd.Count > 0;

    /// <summary>Columns that are not checked, and why.</summary>
    public List<NotChecked> NotChecked { get; } = [];

    /// <summary>Where a field goes.</summary>
    public IEnumerable<FileTarget> Of(int field)
    {
        var known = _byField.GetValueOrDefault(field);
        if (_toTheEnd.Count == 0)
            return known ?? [];
        return (known ?? []).Concat(_toTheEnd.Where(t => field >= t.From)
            .Select(t => Target(t.Column, t.FirstSlot + field - t.From, t.KeyCount)));
    }

    private void Place(TextLoader.Column column, DataViewSchema schema)
    {
        var name = column.Name.Trim();
        if (column.Source.Any(r => r.AllOther))
        {
            NotChecked.Add(new NotChecked(Subject.Column(name), "its range is 'all other fields', which is not resolved here"));
            return;
        }

        // Names may repeat; the loader hides the earlier column but reads it all the same.
        DataViewType[] types = [.. schema.Where(c => c.Name == name).Select(c => c.Type)];
        var size = types.Max(t => (t as VectorDataViewType)?.Size ?? -1);
        var keyCount = column.KeyCount is null ? null : types.Select(t => ((t as VectorDataViewType)?.ItemType ?? t) as KeyDataViewType).FirstOrDefault(t => t is not null)?.Count;
        var open = column.Source.Where(r => r.Max is null && (r.AutoEnd || r.VariableEnd)).Sum(r => 1);
        var fixedSize = column.Source.Where(r => !(r.Max is null && (r.AutoEnd || r.VariableEnd))).Sum(r => Last(r) - r.Min + 1);
        var slot = 0;
        foreach (var range in column.Source)
        {
            var reachesEnd = range.Max is null && (range.AutoEnd || range.VariableEnd);
            if (reachesEnd && (range.VariableEnd && !range.AutoEnd))
            {
                _toTheEnd.Add((range.Min, slot, column, keyCount));
                continue;
            }

            var count = reachesEnd ? Math.Max(0, (size - fixedSize) / Math.Max(1, open)) : Last(range) - range.Min + 1;
            for (var i = 0; i < count; i++)
                Add(range.Min + i, Target(column, size < 0 ? null : slot + i, keyCount));
            slot += count;
        }
    }

    private static int Last(TextLoader.Range range) => range.Max ?? range.Min;

    private static FileTarget Target(TextLoader.Column column, int? slot, ulong? keyCount) =>
        new(column.Name.Trim(), slot, column.DataKind == default ? DataKind.Single : column.DataKind, keyCount);

    private void Add(int field, FileTarget target)
    {
        if (!_byField.TryGetValue(field, out var targets))
            _byField[field] = targets = [];
        targets.Add(target);
    }
}
