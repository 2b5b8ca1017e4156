using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>
/// A fitted check. It hands every view through as it is, and it is saved as an empty chain of ML.NET's own: a saved model neither
/// holds the report nor needs this library to load.
/// </summary>
public sealed class DiagnosticsTransformer : ITransformer
{
    internal DiagnosticsTransformer(DiagnosticReport report, DataProfile? profile)
    {
        Report = report;
        Profile = profile;
    }

    /// <summary>What was found in the data the stage was fitted on.</summary>
    public DiagnosticReport Report { get; }

    /// <summary>The profile of that data; null where all rules that read it were silenced.</summary>
    public DataProfile? Profile { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inputSchema;

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => input;

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new IdentityMapper(inputSchema);

    // What a model is saved with cannot be written from outside ML.NET, so an empty chain of its own writes it.
    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)new TransformerChain<ITransformer>()).Save(ctx);
}
