using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>A view with one column computed from others: it replaces the column of its name, or is added as the last.</summary>
internal sealed class MappedColumnView : DerivedView
{
    private readonly IDataView _source;
    private readonly int _mapped;
    private readonly IReadOnlyList<DataViewSchema.Column> _read;
    private readonly Func<DataViewRow, Delegate> _getter;

    /// <param name="source">The source.</param>
    /// <param name="name">The column that is computed.</param>
    /// <param name="type">Its type.</param>
    /// <param name="annotations">Its annotations.</param>
    /// <param name="read">The source's columns it is computed from.</param>
    /// <param name="getter">Makes the <see cref="ValueGetter{TValue}"/> of a source row.</param>
    public MappedColumnView(
        IDataView source, string name, DataViewType type, DataViewSchema.Annotations? annotations,
        IReadOnlyList<DataViewSchema.Column> read, Func<DataViewRow, Delegate> getter)
        : base(SchemaWith(source.Schema, name, type, annotations))
    {
        (_source, _read, _getter) = (source, read, getter);
        _mapped = source.Schema.GetColumnOrNull(name)?.Index ?? source.Schema.Count;
    }

    public override bool CanShuffle => _source.CanShuffle;

    public override long? GetRowCount() => _source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        var maps = needed.Any(c => c.Index == _mapped);
        var inner = _source.GetRowCursor(
            needed.Where(c => c.Index != _mapped).Select(c => _source.Schema[c.Index]).Concat(maps ? _read : []).DistinctBy(c => c.Index), rand);
        return new Cursor(this, inner, maps ? _getter(inner) : null);
    }

    private static DataViewSchema SchemaWith(DataViewSchema source, string name, DataViewType type, DataViewSchema.Annotations? annotations)
    {
        var replaced = source.GetColumnOrNull(name)?.Index;
        var builder = new DataViewSchema.Builder();
        foreach (var column in source)
        {
            if (column.Index == replaced)
                builder.AddColumn(name, type, annotations);
            else
                builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        if (replaced is null)
            builder.AddColumn(name, type, annotations);
        return builder.ToSchema();
    }

    private sealed class Cursor(MappedColumnView view, DataViewRowCursor inner, Delegate? mapped) : DerivedCursor(view.Schema)
    {
        public override bool IsColumnActive(DataViewSchema.Column column) =>
            column.Index == view._mapped ? mapped is not null : inner.IsColumnActive(view._source.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (column.Index != view._mapped)
                return inner.GetGetter<TValue>(view._source.Schema[column.Index]);
            return mapped as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}{(mapped is null ? " and was not asked for" : $", not {typeof(TValue).Name}")}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override bool MoveNextCore() => inner.MoveNext();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
