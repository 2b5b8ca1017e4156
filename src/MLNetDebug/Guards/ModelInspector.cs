using Microsoft.ML;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Looks into a fitted model: its parameters, and what it says of rows it was trained on.</summary>
internal sealed class ModelInspector(object trainer, GuardOptions options, Checked before)
{
    public ModelProfile Inspect(ITransformer fitted, FitRun run, IDataView input, CancellationToken cancellation) => new()
    {
        Name = run.Trainer,
        Parameters = PublicParameters.Of(fitted),
        Data = before.Profile,
    };
}
