using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Zoo.Views;

/// <summary>One column of a <see cref="MemoryView"/>.</summary>
internal abstract class MemoryColumn(string name, DataViewType type)
{
    public string Name { get; } = name;

    public DataViewType Type { get; } = type;

    public DataViewSchema.Annotations? Annotations { get; init; }

    /// <summary>Makes the getter; <paramref name="position"/> gives the cursor's row.</summary>
    public abstract Delegate GetGetter(Func<long> position);
}

/// <summary>A column whose cells a function gives.</summary>
internal sealed class MemoryColumn<T>(string name, DataViewType type, MemoryColumn<T>.Cell cell) : MemoryColumn(name, type)
{
    /// <summary>Writes the cell of a row into the caller's buffer.</summary>
    public delegate void Cell(long row, ref T value);

    public override Delegate GetGetter(Func<long> position) => (ValueGetter<T>)((ref T value) => cell(position(), ref value));
}

/// <summary>Makes the columns the zoo needs.</summary>
internal static class MemoryColumns
{
    public static MemoryColumn Of<T>(string name, DataViewType type, IReadOnlyList<T> values) =>
        new MemoryColumn<T>(name, type, (long row, ref T value) => value = values[(int)row]);

    public static MemoryColumn Text(string name, IReadOnlyList<string?> values) =>
        new MemoryColumn<ReadOnlyMemory<char>>(name, TextDataViewType.Instance, (long row, ref ReadOnlyMemory<char> value) => value = values[(int)row].AsMemory());

    /// <summary>A vector column over values stored by column.</summary>
    public static MemoryColumn Vector(string name, float[][] columns, IReadOnlyList<string>? slotNames, bool sparse = false)
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, columns.Length);
        return new MemoryColumn<VBuffer<float>>(name, type, sparse ? Sparse : Dense) { Annotations = SlotNames(slotNames) };

        void Dense(long row, ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, columns.Length);
            for (var j = 0; j < columns.Length; j++)
                editor.Values[j] = columns[j][row];
            value = editor.Commit();
        }

        void Sparse(long row, ref VBuffer<float> value)
        {
            var count = columns.Count(c => c[row] != 0);
            var editor = VBufferEditor.Create(ref value, columns.Length, count);
            for (int j = 0, k = 0; j < columns.Length; j++)
            {
                if (columns[j][row] == 0)
                    continue;
                editor.Values[k] = columns[j][row];
                if (count < columns.Length)
                    editor.Indices[k] = j;
                k++;
            }

            value = editor.Commit();
        }
    }

    /// <summary>A key column of 1-based codes; 0 is missing.</summary>
    public static MemoryColumn Key(string name, IReadOnlyList<uint> codes, int count, IReadOnlyList<string>? keyValues = null)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        if (keyValues is not null)
        {
            annotations.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
                value = new VBuffer<ReadOnlyMemory<char>>(count, [.. keyValues.Select(k => k.AsMemory())]));
        }

        return new MemoryColumn<uint>(name, new KeyDataViewType(typeof(uint), count), (long row, ref uint value) => value = codes[(int)row])
        {
            Annotations = annotations.ToAnnotations(),
        };
    }

    private static DataViewSchema.Annotations? SlotNames(IReadOnlyList<string>? names)
    {
        if (names is null)
            return null;
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
            value = new VBuffer<ReadOnlyMemory<char>>(names.Count, [.. names.Select(n => n.AsMemory())]));
        return builder.ToAnnotations();
    }
}
