using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// Rows of 50 floats and a label of five classes, made while they are read and never stored: the same numbers on every pass. Every
/// tenth column is whole numbers of few values, one column has 1 % missing, the others are smooth at scales of 0.01 to 1,000.
/// </summary>
internal sealed class WideView : IDataView
{
    public const int Width = 50;

    private readonly long _rows;
    private readonly bool _saysRows;

    /// <param name="rows">Rows.</param>
    /// <param name="saysRows">False to keep their number to itself, as a text file does.</param>
    public WideView(long rows, bool saysRows = true)
    {
        (_rows, _saysRows) = (rows, saysRows);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, Width));
        builder.AddColumn("Label", NumberDataViewType.Single);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _saysRows ? _rows : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(Schema, _rows);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema, long rows) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext()
        {
            if (_position + 1 >= rows)
                return false;
            _position++;
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Index == 0 ? new ValueGetter<VBuffer<float>>(Features) : new ValueGetter<float>(Label);
            return (ValueGetter<TValue>)getter;
        }

        private void Features(ref VBuffer<float> value)
        {
            var editor = VBufferEditor.Create(ref value, Width);
            var state = (ulong)_position * 0xD1342543DE82EF95 + 1;
            for (var slot = 0; slot < Width; slot++)
            {
                state ^= state >> 12;
                state ^= state << 25;
                state ^= state >> 27;
                var share = (state * 0x2545F4914F6CDD1D >> 40) * (1f / (1 << 24));
                editor.Values[slot] = slot % 10 == 9 ? (int)(share * 12)
                    : slot == 7 && share < 0.01f ? float.NaN
                    : (share - 0.3f) * MathF.Pow(10, (slot % 6) - 2);
            }

            value = editor.Commit();
        }

        private void Label(ref float value) => value = ((ulong)_position * 0x9E3779B97F4A7C15 >> 33) % 5;
    }
}
