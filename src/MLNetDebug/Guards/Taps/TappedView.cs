using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Reads along while somebody else makes a pass over the rows, so that no pass of its own is needed.</summary>
internal interface IRowTap
{
    /// <summary>The columns it reads, by name; those the data lacks are left out.</summary>
    IEnumerable<string> Columns { get; }

    /// <summary>The pass begins.</summary>
    void Begin(DataViewRow row);

    /// <summary>The row is at the next position.</summary>
    void OnRow(long position);
}

/// <summary>A view that lets taps read along with its first pass.</summary>
internal sealed class TappedView(IDataView source, params IReadOnlyList<IRowTap> taps) : DerivedView(source.Schema)
{
    private int _passes;

    public override bool CanShuffle => source.CanShuffle;

    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        if (Interlocked.Increment(ref _passes) > 1)
            return source.GetRowCursor(columnsNeeded, rand);
        var tapped = taps.SelectMany(t => t.Columns).Distinct().Select(c => source.Schema.GetColumnOrNull(c)).OfType<DataViewSchema.Column>();
        var inner = source.GetRowCursor(columnsNeeded.Concat(tapped).DistinctBy(c => c.Index), rand);
        foreach (var tap in taps)
            tap.Begin(inner);
        return new Cursor(inner, taps);
    }

    private sealed class Cursor(DataViewRowCursor inner, IReadOnlyList<IRowTap> taps) : DerivedCursor(inner.Schema)
    {
        private long _next;

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override bool MoveNextCore()
        {
            if (!inner.MoveNext())
                return false;
            for (var i = 0; i < taps.Count; i++)
                taps[i].OnRow(_next);
            _next++;
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
