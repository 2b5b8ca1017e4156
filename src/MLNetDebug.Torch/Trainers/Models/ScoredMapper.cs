using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Scores one row at a time, for prediction engines.</summary>
internal sealed class ScoredMapper(ScoredSchema schema) : IRowToRowMapper
{
    public DataViewSchema InputSchema => schema.Input;

    public DataViewSchema OutputSchema => schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        schema.Active(dependingColumns, out var inputs);
        return inputs;
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns) => new ScoredRow(schema, input, schema.Active(activeColumns, out _));
}
