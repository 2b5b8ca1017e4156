using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>The slots of a vector column that are kept.</summary>
internal sealed class SlotSelection
{
    private readonly int[] _newSlots;

    public SlotSelection(int size, IEnumerable<int> dropped)
    {
        var drop = dropped.ToHashSet();
        Kept = [.. Enumerable.Range(0, size).Where(s => !drop.Contains(s))];
        _newSlots = new int[size];
        Array.Fill(_newSlots, -1);
        for (var i = 0; i < Kept.Length; i++)
            _newSlots[Kept[i]] = i;
    }

    /// <summary>Old slots that stay, ascending.</summary>
    public int[] Kept { get; }

    /// <summary>The view with the column narrowed.</summary>
    public IDataView Apply(IDataView data, DataViewSchema.Column column, VectorDataViewType type)
    {
        var make = new Func<DataViewSchema.Column, DataViewRow, Delegate>(Getter<float>).Method.GetGenericMethodDefinition().MakeGenericMethod(type.ItemType.RawType);
        return new MappedColumnView(
            data, column.Name, new VectorDataViewType(type.ItemType, Kept.Length), Annotations(column), [column],
            row => (Delegate)make.Invoke(this, [column, row])!);
    }

    /// <summary>Takes the kept slots out of a vector.</summary>
    public void Select<T>(in VBuffer<T> source, ref VBuffer<T> target)
    {
        var values = source.GetValues();
        if (source.IsDense)
        {
            var dense = VBufferEditor.Create(ref target, Kept.Length);
            for (var i = 0; i < Kept.Length; i++)
                dense.Values[i] = values[Kept[i]];
            target = dense.Commit();
            return;
        }

        var indices = source.GetIndices();
        var count = 0;
        foreach (var slot in indices)
            count += _newSlots[slot] >= 0 ? 1 : 0;
        var sparse = VBufferEditor.Create(ref target, Kept.Length, count);
        var next = 0;
        for (var i = 0; i < indices.Length; i++)
        {
            if (_newSlots[indices[i]] < 0)
                continue;
            sparse.Values[next] = values[i];
            if (sparse.Indices.Length > 0)
                sparse.Indices[next] = _newSlots[indices[i]];
            next++;
        }

        target = sparse.Commit();
    }

    private ValueGetter<VBuffer<T>> Getter<T>(DataViewSchema.Column column, DataViewRow row)
    {
        var source = row.GetGetter<VBuffer<T>>(column);
        var buffer = default(VBuffer<T>);
        return (ref VBuffer<T> target) =>
        {
            source(ref buffer);
            Select(buffer, ref target);
        };
    }

    private DataViewSchema.Annotations Annotations(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        // What is said slot by slot does not fit any more; names are brought along.
        builder.Add(column.Annotations, name => name is "IsNormalized" or "KeyValues" or "IsUserVisible");
        if (column.HasSlotNames())
        {
            var names = default(VBuffer<ReadOnlyMemory<char>>);
            column.GetSlotNames(ref names);
            var kept = default(VBuffer<ReadOnlyMemory<char>>);
            Select(names, ref kept);
            builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, Kept.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => kept.CopyTo(ref value));
        }

        return builder.ToAnnotations();
    }
}
