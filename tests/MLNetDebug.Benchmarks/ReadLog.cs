using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Benchmarks;

/// <summary>How a trainer reads its data: which columns, how often, in which order, with how many cursors, how far. Reads another view in the same way.</summary>
internal sealed class ReadLog(IDataView source) : IDataView
{
    private readonly ConcurrentQueue<Pass> _passes = [];

    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    /// <summary>Rows read, over all passes.</summary>
    public long Rows => _passes.Sum(p => p.Rows.Sum());

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var pass = Begin(columnsNeeded, rand, isSet: false, 1);
        return new Cursor(source.GetRowCursor(columnsNeeded, rand), pass, 0);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var cursors = source.GetRowCursorSet(columnsNeeded, n, rand);
        var pass = Begin(columnsNeeded, rand, isSet: true, cursors.Length);
        return [.. cursors.Select((c, i) => new Cursor(c, pass, i))];
    }

    /// <summary>Reads a view as this one was read. What a trainer does with a row is left out, and its getters as well: they are the source's own.</summary>
    public void Replay(IDataView view)
    {
        foreach (var pass in _passes)
        {
            var columns = pass.Columns.Select(c => view.Schema[c]).ToArray();
            var random = pass.IsShuffled ? new Random(1) : null;
            var cursors = pass.IsSet ? view.GetRowCursorSet(columns, pass.Rows.Length, random) : [view.GetRowCursor(columns, random)];
            for (var i = 0; i < cursors.Length; i++)
            {
                using var cursor = cursors[i];
                for (var row = 0L; row < pass.Rows[i] && cursor.MoveNext(); row++)
                {
                }

                if (pass.IsEnded[i])
                    cursor.MoveNext();
            }
        }
    }

    private Pass Begin(IEnumerable<DataViewSchema.Column> columns, Random? random, bool isSet, int cursors)
    {
        var pass = new Pass([.. columns.Select(c => c.Index)], random is not null, isSet, new long[cursors], new bool[cursors]);
        _passes.Enqueue(pass);
        return pass;
    }

    private sealed record Pass(int[] Columns, bool IsShuffled, bool IsSet, long[] Rows, bool[] IsEnded);

    private sealed class Cursor(DataViewRowCursor inner, Pass pass, int index) : DataViewRowCursor
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
            {
                pass.IsEnded[index] = true;
                return false;
            }

            pass.Rows[index]++;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
