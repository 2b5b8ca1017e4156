using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Guards.Taps;

/// <summary>Notes which columns were asked for, and what became of the cursor.</summary>
internal sealed class AskedView(IDataView source) : IDataView
{
    public List<string> Columns { get; } = [];

    public int Disposed { get; private set; }

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Columns.AddRange(columnsNeeded.Select(c => c.Name));
        return new Cursor(this, source.GetRowCursor(columnsNeeded, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(AskedView view, DataViewRowCursor inner) : DataViewRowCursor
    {
        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override DataViewSchema Schema => inner.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override bool MoveNext() => inner.MoveNext();

        protected override void Dispose(bool disposing)
        {
            view.Disposed++;
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
