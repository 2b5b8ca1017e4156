using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Guards;

/// <summary>Learns nothing, and its model gives no score, or refuses to.</summary>
internal sealed class MuteTrainer(bool refuses) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input) => new Mute(refuses);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}

internal sealed class Mute(bool refuses) : ITransformer
{
    public bool IsRowToRowMapper => false;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new NotSupportedException("It maps no rows.");

    public void Save(ModelSaveContext ctx) => throw new NotSupportedException("It is not saved.");

    public IDataView Transform(IDataView input) => refuses ? throw new NotSupportedException("It scores nothing.") : input;
}
