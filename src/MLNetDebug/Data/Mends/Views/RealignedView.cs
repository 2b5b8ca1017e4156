using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Row i with the label of row i + offset: two cursors over the source, one of them ahead. Rows without a partner are left out.</summary>
internal sealed class RealignedView(IDataView source, DataViewSchema.Column label, int offset) : DerivedView(source.Schema)
{
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        var rows = source.GetRowCursor(needed.Where(c => c.Index != label.Index));
        var labels = source.GetRowCursor(needed.Where(c => c.Index == label.Index));
        return new Cursor(rows, labels, label.Index, offset);
    }

    private sealed class Cursor(DataViewRowCursor rows, DataViewRowCursor labels, int label, int offset) : DerivedCursor(rows.Schema)
    {
        private bool _started;

        public override bool IsColumnActive(DataViewSchema.Column column) => Of(column).IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Of(column).GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        protected override bool MoveNextCore()
        {
            if (!_started)
            {
                _started = true;
                var ahead = offset > 0 ? labels : rows;
                for (var i = 0; i < Math.Abs(offset); i++)
                {
                    if (!ahead.MoveNext())
                        throw new InvalidOperationException(string.Create(
                            CultureInfo.InvariantCulture, $"The labels are to be moved by {Math.Abs(offset)} rows, but the data has {i}: it is not the data that was checked."));
                }
            }

            return rows.MoveNext() && labels.MoveNext();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rows.Dispose();
                labels.Dispose();
            }

            base.Dispose(disposing);
        }

        private DataViewRowCursor Of(DataViewSchema.Column column) => column.Index == label ? labels : rows;
    }
}
