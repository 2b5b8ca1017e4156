using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Scores one row at a time, for prediction engines.</summary>
internal sealed class ScoredMapper : IRowToRowMapper
{
    private readonly ScoredSchema _schema;
    private readonly IRowToRowMapper? _pixels;

    public ScoredMapper(MLContext ml, ScoredSchema schema)
    {
        _schema = schema;
        if (schema.IsImage)
            _pixels = ((ITransformer)ImagePixels.Extraction(ml, schema.Feature.Name).Fit(new TableView(schema.Input))).GetRowToRowMapper(schema.Input);
    }

    public DataViewSchema InputSchema => _schema.Input;

    public DataViewSchema OutputSchema => _schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        var columns = dependingColumns.ToArray();
        var inputs = _schema.InputsOf(columns);
        return columns.Any(c => c.Index >= _schema.Input.Count) ? inputs.Append(_schema.Feature).DistinctBy(c => c.Index) : inputs;
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in activeColumns)
        {
            _schema.Check(column);
            active[column.Index] = true;
        }

        var isScored = active.Skip(_schema.Input.Count).Any(a => a);
        if (!isScored)
            return new ScoredRow(_schema, input, null, active);
        // The row of pixels disposes of the input with itself.
        var source = _pixels is null ? input : _pixels.GetRow(input, _pixels.OutputSchema.Where(c => c.Name == ImagePixels.Column && !c.IsHidden || (c.Index < active.Length && c.Index < _schema.Input.Count && active[c.Index])));
        var feature = _pixels is null ? input.Schema[_schema.Feature.Index] : _pixels.OutputSchema[ImagePixels.Column];
        return new ScoredRow(_schema, source, feature, active);
    }
}
