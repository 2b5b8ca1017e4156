using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Reads a label that is several keys per row (words of a sentence, boxes of an image), which a data profile does not take for a label.</summary>
internal sealed class VectorLabelTap(DataViewSchema.Column column, bool zeroIsAClass) : IRowTap
{
    private const int MaxRows = 20;
    private const int MaxAbsent = 100;

    private readonly Dictionary<uint, long> _counts = [];
    private readonly List<long> _missing = [];
    private ValueGetter<VBuffer<uint>>? _getter;
    private VBuffer<uint> _labels;
    private long _rows;
    private long _missingRows;

    public IEnumerable<string> Columns => [column.Name];

    /// <summary>Labels of the row that was read last.</summary>
    public int Labels => _labels.Length;

    /// <summary>A tap on a label column; null where it is no vector of unsigned numbers or keys.</summary>
    public static VectorLabelTap? Of(DataViewSchema schema, string? label, bool zeroIsAClass) =>
        label is not null && schema.GetColumnOrNull(label) is { } column && column.Type is VectorDataViewType vector && vector.ItemType.RawType == typeof(uint)
            ? new VectorLabelTap(column, zeroIsAClass) : null;

    public void Begin(DataViewRow row) => _getter = row.GetGetter<VBuffer<uint>>(row.Schema[column.Index]);

    public void OnRow(long position)
    {
        _rows++;
        _getter!(ref _labels);
        var isMissing = false;
        foreach (var label in _labels.DenseValues())
        {
            isMissing |= label == 0;
            _counts[label] = _counts.GetValueOrDefault(label) + 1;
        }

        if (!isMissing || zeroIsAClass)
            return;
        _missingRows++;
        if (_missing.Count < MaxRows)
            _missing.Add(position);
    }

    /// <summary>What was read, rows counted as rows and classes as labels.</summary>
    public LabelProfile ToProfile()
    {
        var key = (column.Type as VectorDataViewType)!.ItemType as KeyDataViewType;
        var texts = ColumnAnnotations.KeyTexts(column);
        string Text(ulong value) => texts is not null && value >= 1 && value <= (ulong)texts.Count ? texts[(int)value - 1] : value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var absent = key is null ? 0 : (long)key.Count - _counts.Keys.Count(k => k > 0);
        return new LabelProfile
        {
            Name = column.Name,
            Kind = key is null ? ColumnKind.Number : ColumnKind.Key,
            TypeText = column.Type.ToString()!,
            Count = _rows,
            Missing = _missingRows,
            MissingRows = _missing,
            Classes = [.. _counts.Where(c => c.Key > 0).OrderBy(c => c.Key).Select(c => new ClassCount(c.Key, Text(c.Key), c.Value))],
            KeyCount = key?.Count,
            HasKeyValues = texts is not null,
            AbsentKeyCount = Math.Max(0, absent),
            AbsentKeys = key is null || absent <= 0 ? [] : [.. Enumerable.Range(1, (int)Math.Min(key.Count, 1_000_000)).Where(k => !_counts.ContainsKey((uint)k)).Take(MaxAbsent).Select(k => Text((ulong)k))],
        };
    }
}
