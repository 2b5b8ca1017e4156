using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Zoo.Views;

/// <summary>A view that calls back at each row it hands out, whichever cursor asks for it.</summary>
internal class WatchedView(IDataView source, Action<long> onRow) : IDataView
{
    private long _rows;

    /// <summary>Rows handed out, over all cursors.</summary>
    public long RowsRead => Volatile.Read(ref _rows);

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, source.GetRowCursor(columnsNeeded, rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(WatchedView view, DataViewRowCursor inner) : DataViewRowCursor
    {
        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override DataViewSchema Schema => inner.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override bool MoveNext()
        {
            if (!inner.MoveNext())
                return false;
            view.Report(Interlocked.Increment(ref view._rows));
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private void Report(long row) => onRow(row);
}

/// <summary>A view that cancels a token when a given number of rows was handed out, counted over all passes.</summary>
internal sealed class CancellingView(IDataView source, CancellationTokenSource token, long atRow)
    : WatchedView(source, row => Cancel(row, token, atRow))
{
    private static void Cancel(long row, CancellationTokenSource token, long atRow)
    {
        if (row == atRow)
            token.Cancel();
    }
}
