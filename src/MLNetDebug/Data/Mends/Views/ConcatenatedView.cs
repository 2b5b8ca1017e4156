using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>The visible columns of one view, then of another one with the same columns.</summary>
internal sealed class ConcatenatedView : DerivedView
{
    private readonly IDataView[] _sources;

    /// <exception cref="InvalidOperationException">The second view's columns differ from the first one's.</exception>
    public ConcatenatedView(IDataView first, IDataView second)
        : base(SchemaOf(first.Schema, second.Schema)) => _sources = [first, second];

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        string[] needed = [.. columnsNeeded.Select(c => c.Name)];
        return new Cursor(Schema, [.. _sources.Select(s => s.GetRowCursor(needed.Select(n => s.Schema[n])))], [.. needed]);
    }

    private static DataViewSchema SchemaOf(DataViewSchema first, DataViewSchema second)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in first.Where(c => !c.IsHidden))
        {
            var other = second.GetColumnOrNull(column.Name)
                ?? throw new InvalidOperationException($"The second split has no column '{column.Name}': both must have the same columns.");
            if (!other.Type.Equals(column.Type))
                throw new InvalidOperationException($"Column '{column.Name}' is {column.Type} in one split and {other.Type} in the other.");
            if (!KeyTexts(column).SequenceEqual(KeyTexts(other)))
                throw new InvalidOperationException($"The keys of column '{column.Name}' stand for other values in the second split: map values to keys once, for all rows.");
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }

        return builder.ToSchema();
    }

    private static IEnumerable<string> KeyTexts(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues") is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
            return [];
        var texts = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref texts);
        return [.. texts.DenseValues().Select(t => t.ToString())];
    }

    private sealed class Cursor(DataViewSchema schema, DataViewRowCursor[] inner, HashSet<string> active) : DerivedCursor(schema)
    {
        private int _current;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Name);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<TValue>[] getters = [.. inner.Select(c => c.GetGetter<TValue>(c.Schema[column.Name]))];
            return (ref TValue value) => getters[_current](ref value);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter()
        {
            ValueGetter<DataViewRowId>[] getters = [.. inner.Select(c => c.GetIdGetter())];
            return (ref DataViewRowId value) => getters[_current](ref value);
        }

        protected override bool MoveNextCore()
        {
            while (!inner[_current].MoveNext())
            {
                if (_current == inner.Length - 1)
                    return false;
                _current++;
            }

            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                Array.ForEach(inner, c => c.Dispose());
            base.Dispose(disposing);
        }
    }
}
