using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Zoo.Views;

/// <summary>
/// A data view over values in memory that keeps its rows in order: nothing is copied, a row's id is its position, and trainers
/// cannot shuffle it, as with most file sources.
/// </summary>
internal sealed class MemoryView : IDataView
{
    private readonly MemoryColumn[] _columns;
    private readonly long _rows;

    public MemoryView(long rows, params IEnumerable<MemoryColumn> columns)
    {
        _rows = rows;
        _columns = [.. columns];
        var builder = new DataViewSchema.Builder();
        foreach (var column in _columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        Schema = builder.ToSchema();
    }

    /// <summary>Called with the position of each row a cursor reaches; for inputs that fail or cancel half-way.</summary>
    public Action<long>? OnRow { get; init; }

    /// <summary>True for a source that does not know how many rows it has.</summary>
    public bool HidesRowCount { get; init; }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => HidesRowCount ? null : _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(this, columnsNeeded)];

    private sealed class Cursor(MemoryView view, IEnumerable<DataViewSchema.Column> needed) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. needed.Select(c => c.Index)];
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view._columns[column.Index].GetGetter(() => _position) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' of type {column.Type} has no getter of {typeof(TValue).Name}.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override bool MoveNext()
        {
            if (_position + 1 >= view._rows)
            {
                _position = -1;
                return false;
            }

            _position++;
            view.OnRow?.Invoke(_position);
            return true;
        }
    }
}
