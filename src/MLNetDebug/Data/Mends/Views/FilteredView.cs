using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Decides row by row.</summary>
internal abstract class RowTest
{
    /// <summary>Whether the row at a zero-based position of the source stays.</summary>
    public abstract bool Keep(long position);

    /// <summary>The source has ended.</summary>
    public virtual void AtEnd(long rows)
    {
    }
}

/// <summary>The rows that pass a test. A test by position needs the source's own order, so such a view cannot be shuffled.</summary>
internal sealed class FilteredView(
    IDataView source, IReadOnlyList<DataViewSchema.Column> read, Func<DataViewRowCursor, RowTest> test, bool byPosition) : DerivedView(source.Schema)
{
    public override bool CanShuffle => !byPosition && source.CanShuffle;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var inner = source.GetRowCursor(columnsNeeded.Concat(read).DistinctBy(c => c.Index), CanShuffle ? rand : null);
        return new Cursor(inner, test(inner));
    }

    private sealed class Cursor(DataViewRowCursor inner, RowTest test) : DerivedCursor(inner.Schema)
    {
        private long _rows;

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override bool MoveNextCore()
        {
            while (inner.MoveNext())
            {
                if (test.Keep(_rows++))
                    return true;
            }

            test.AtEnd(_rows);
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
