using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Data with the answers of a network: rows are read ahead and scored together.</summary>
internal sealed class ScoredView : IDataView
{
    private readonly ScoredSchema _schema;
    private readonly IDataView _source;
    private readonly DataViewSchema.Column _feature;
    private readonly int _batchSize;

    public ScoredView(MLContext ml, ScoredSchema schema, IDataView input, int batchSize)
    {
        (_schema, _batchSize) = (schema, batchSize);
        // The pixels stand behind the columns of the data, whose indices stay what they are.
        _source = schema.IsImage ? ImagePixels.Extraction(ml, schema.Feature.Name).Fit(input).Transform(input) : input;
        _feature = _source.Schema[schema.IsImage ? ImagePixels.Column : schema.Feature.Name];
    }

    public DataViewSchema Schema => _schema.Output;

    public bool CanShuffle => _source.CanShuffle;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var active = Active(columnsNeeded, out var inputs, out var isScored);
        return Cursor(_source.GetRowCursor(inputs, rand), active, isScored);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var active = Active(columnsNeeded, out var inputs, out var isScored);
        return [.. _source.GetRowCursorSet(inputs, n, rand).Select(c => Cursor(c, active, isScored))];
    }

    private bool[] Active(IEnumerable<DataViewSchema.Column> columns, out IReadOnlyList<DataViewSchema.Column> inputs, out bool isScored)
    {
        var active = new bool[Schema.Count];
        foreach (var column in columns)
        {
            _schema.Check(column);
            active[column.Index] = true;
        }

        isScored = active.Skip(_schema.Input.Count).Any(a => a);
        var needed = Enumerable.Range(0, _schema.Input.Count).Where(i => active[i]).Select(i => _source.Schema[i]);
        inputs = [.. isScored ? needed.Append(_feature).DistinctBy(c => c.Index) : needed];
        return active;
    }

    private DataViewRowCursor Cursor(DataViewRowCursor input, bool[] active, bool isScored) =>
        isScored ? new ScoredCursor(_schema, input, _feature, active, _batchSize) : new UnscoredCursor(_schema, input, active);
}
