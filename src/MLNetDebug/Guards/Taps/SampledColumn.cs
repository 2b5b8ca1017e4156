using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Guards;

/// <summary>The kept cells of one column.</summary>
internal abstract class SampledColumn(DataViewSchema.Column column)
{
    private static readonly MethodInfo CreateOf = typeof(SampledColumn).GetMethod(nameof(CreateTyped), BindingFlags.NonPublic | BindingFlags.Static)!;

    public DataViewSchema.Column Column { get; } = column;

    /// <summary>A store for the column's type; null for cells that hold unmanaged memory (images), which is gone when the row is.</summary>
    public static SampledColumn? Create(DataViewSchema.Column column) =>
        typeof(IDisposable).IsAssignableFrom(column.Type.RawType) ? null
            : (SampledColumn)CreateOf.MakeGenericMethod(column.Type.RawType).Invoke(null, [column])!;

    public abstract void Bind(DataViewRow row);

    /// <summary>Keeps the row's cell in a slot: the next one, or one in use.</summary>
    public abstract void Keep(int slot);

    public abstract Delegate Getter(Func<long> position);

    private static Typed<T> CreateTyped<T>(DataViewSchema.Column column) => new(column);

    private sealed class Typed<T>(DataViewSchema.Column column) : SampledColumn(column)
    {
        private readonly List<T> _cells = [];
        private ValueGetter<T>? _getter;

        public override void Bind(DataViewRow row) => _getter = row.GetGetter<T>(row.Schema[Column.Index]);

        public override void Keep(int slot)
        {
            // A fresh value each time: a buffer that is handed in again would be written over.
            T cell = default!;
            _getter!(ref cell);
            if (slot == _cells.Count)
                _cells.Add(cell);
            else
                _cells[slot] = cell;
        }

        public override Delegate Getter(Func<long> position) => typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(VBuffer<>)
            ? Copying(position)
            : (ValueGetter<T>)((ref T value) => value = _cells[(int)position()]);

        // A reader may write into the buffer it was given: it gets a copy.
        private Delegate Copying(Func<long> position) =>
            (Delegate)typeof(Typed<T>).GetMethod(nameof(CopyingOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(typeof(T).GetGenericArguments()[0]).Invoke(null, [_cells, position])!;

        private static ValueGetter<VBuffer<TItem>> CopyingOf<TItem>(List<VBuffer<TItem>> cells, Func<long> position) =>
            (ref VBuffer<TItem> value) => cells[(int)position()].CopyTo(ref value);
    }
}
