using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>The stage that checks the data when the pipeline is fitted.</summary>
internal sealed class DiagnosticsEstimator(
    DiagnosticsOptions options, object? trainer = null, HoldOutPath? holdOut = null, IHostEnvironment? environment = null)
    : IEstimator<DiagnosticsTransformer>
{
    /// <exception cref="DiagnosticException">A finding reaches the severity to fail on.</exception>
    public DiagnosticsTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var declaration = DeclarationResolver.Resolve(input.Schema, options, trainer);
        var inputs = new DataInputs(input, holdOut?.Current ?? options.HoldOut, declaration);
        var title = inputs.Test is null ? inputs.TrainName : $"{inputs.TrainName} and {inputs.TestName}";
        var outcome = DiagnosticsRun.Execute(inputs, options, title);
        foreach (var sink in options.Sinks ?? DiagnosticsSink.Defaults(environment))
            sink.Write(outcome.Report);
        DiagnosticsRun.ThrowIfFailing(outcome.Report, options.FailOn);
        return new DiagnosticsTransformer(outcome.Report, outcome.Profile);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
}
