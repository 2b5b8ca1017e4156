using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Reads what a column says of itself; what is missing or malformed is taken as absent.</summary>
internal static class ColumnAnnotations
{
    private const string CategoricalSlotRanges = "CategoricalSlotRanges";
    private const string KeyValues = "KeyValues";

    /// <summary>Key texts are kept for at most so many keys.</summary>
    private const int MaxKeyTexts = 100_000;

    /// <summary>Names by slot; null where the column has none.</summary>
    public static string?[]? SlotNames(DataViewSchema.Column column, int width)
    {
        if (!column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        if (names.Length != width)
            return null;
        return [.. names.DenseValues().Select(n => n.IsEmpty ? null : n.ToString())];
    }

    /// <summary>Slot ranges that one-hot encode one category each.</summary>
    public static IReadOnlyList<(int First, int Last)> CategoricalRanges(DataViewSchema.Column column, int width)
    {
        if (column.Annotations.Schema.GetColumnOrNull(CategoricalSlotRanges) is not { Type: VectorDataViewType type } || type.ItemType != NumberDataViewType.Int32)
            return [];
        VBuffer<int> bounds = default;
        column.Annotations.GetValue(CategoricalSlotRanges, ref bounds);
        var flat = bounds.DenseValues().ToArray();
        return [.. flat.Chunk(2).Where(r => r.Length == 2 && r[0] >= 0 && r[0] <= r[1] && r[1] < width).Select(r => (r[0], r[1]))];
    }

    /// <summary>The values of keys 1, 2, ... as text; null where there are none, or of a type that has no text here.</summary>
    public static IReadOnlyList<string>? KeyTexts(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues) is not { Type: VectorDataViewType { Size: <= MaxKeyTexts } type })
            return null;
        var item = type.ItemType;
        return item == TextDataViewType.Instance ? Texts<ReadOnlyMemory<char>>(column)
            : item == NumberDataViewType.Single ? Texts<float>(column)
            : item == NumberDataViewType.Double ? Texts<double>(column)
            : item == NumberDataViewType.Int32 ? Texts<int>(column)
            : item == NumberDataViewType.UInt32 ? Texts<uint>(column)
            : item == NumberDataViewType.Int64 ? Texts<long>(column)
            : item == NumberDataViewType.Byte ? Texts<byte>(column)
            : item == BooleanDataViewType.Instance ? Texts<bool>(column)
            : null;
    }

    private static string[] Texts<T>(DataViewSchema.Column column)
    {
        VBuffer<T> values = default;
        column.Annotations.GetValue(KeyValues, ref values);
        return [.. values.DenseValues().Select(v => Convert.ToString(v, CultureInfo.InvariantCulture) ?? string.Empty)];
    }
}
