using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>A view in which some rows, by position, carry another label.</summary>
internal sealed class RelabelledView : DerivedView
{
    private readonly IDataView _source;
    private readonly int _label;
    private readonly Dictionary<long, RowLabel> _changes;
    private readonly long _last;

    /// <exception cref="InvalidOperationException">The label is a vector, or of a type that holds no class.</exception>
    public RelabelledView(IDataView source, DataViewSchema.Column label, IReadOnlyList<RowLabel> changes)
        : base(source.Schema)
    {
        if (label.Type is VectorDataViewType || ColumnTypes.KindOf(label.Type) is ColumnKind.NotChecked or ColumnKind.Time)
            throw new InvalidOperationException($"Column '{label.Name}' is {label.Type}, which is no class label.");
        (_source, _label) = (source, label.Index);
        _changes = changes.ToDictionary(c => c.Row);
        _last = changes.Count == 0 ? -1 : changes.Max(c => c.Row);
    }

    public override long? GetRowCount() => _source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, _source.GetRowCursor(columnsNeeded));

    private sealed class Cursor(RelabelledView view, DataViewRowCursor inner) : DerivedCursor(inner.Schema)
    {
        private long _rows;

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var given = inner.GetGetter<TValue>(column);
            if (column.Index != view._label)
                return given;
            return (ref TValue value) =>
            {
                if (view._changes.TryGetValue(Position, out var change))
                    value = Convert<TValue>(change);
                else
                    given(ref value);
            };
        }

        protected override bool MoveNextCore()
        {
            if (inner.MoveNext())
            {
                _rows++;
                return true;
            }

            if (view._last >= _rows)
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"Row {view._last} is to be relabelled, but the data has {_rows} rows: it is not the data that was checked."));
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }

        private static TValue Convert<TValue>(RowLabel change) => typeof(TValue) == typeof(ReadOnlyMemory<char>)
            ? (TValue)(object)change.Text.AsMemory()
            : (TValue)System.Convert.ChangeType(change.Value, typeof(TValue), CultureInfo.InvariantCulture);
    }
}
