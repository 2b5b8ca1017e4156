using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Data with the answers of a network: rows are read ahead and scored together.</summary>
internal sealed class ScoredView(ScoredSchema schema, IDataView input, int batchSize) : IDataView
{
    public DataViewSchema Schema => schema.Output;

    public bool CanShuffle => input.CanShuffle;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = schema.Active(columnsNeeded, out var inputs);
        return Cursor(input.GetRowCursor(inputs, rand), active);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = schema.Active(columnsNeeded, out var inputs);
        return [.. input.GetRowCursorSet(inputs, n, rand).Select(c => Cursor(c, active))];
    }

    private DataViewRowCursor Cursor(DataViewRowCursor cursor, bool[] active) =>
        schema.IsScored(active) ? new ScoredCursor(schema, cursor, active, batchSize) : new UnscoredCursor(schema, cursor, active);
}
