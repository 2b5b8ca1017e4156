using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>A view over another one, read by one cursor at a time.</summary>
internal abstract class DerivedView(DataViewSchema schema) : IDataView
{
    public DataViewSchema Schema { get; } = schema;

    public virtual bool CanShuffle => false;

    public virtual long? GetRowCount() => null;

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>A cursor that counts its own rows.</summary>
internal abstract class DerivedCursor(DataViewSchema schema) : DataViewRowCursor
{
    private long _position = -1;
    private bool _hasEnded;

    public sealed override DataViewSchema Schema { get; } = schema;

    public sealed override long Position => _position;

    public sealed override long Batch => 0;

    public sealed override bool MoveNext()
    {
        // Who reads ahead asks again behind the end, where a position of -1 would begin anew.
        if (_hasEnded || !MoveNextCore())
        {
            (_position, _hasEnded) = (-1, true);
            return false;
        }

        _position++;
        return true;
    }

    protected abstract bool MoveNextCore();
}
