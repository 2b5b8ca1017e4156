using Microsoft.ML;

namespace MLNetDebug.Pipeline;

/// <summary>
/// Takes the hold-out data along while a pipeline is fitted, so that the check sees it as it sees the training data. A chain fits its
/// stages one after the other on one thread; threads that fit the same pipeline each have their own way.
/// </summary>
internal sealed class HoldOutPath(IDataView start)
{
    private readonly ThreadLocal<IDataView?> _current = new();

    /// <summary>The hold-out data as far as it was brought on this thread.</summary>
    public IDataView Current => _current.Value ?? start;

    /// <summary>Wraps the next stage before the check; the first one starts anew at each fit.</summary>
    public IEstimator<ITransformer> Through(IEstimator<ITransformer> stage, bool isFirst) => new Follower(this, stage, isFirst);

    private void Advance(ITransformer fitted, bool isFirst)
    {
        try
        {
            _current.Value = fitted.Transform(isFirst ? start : Current);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(
                $"The hold-out data does not fit the pipeline: {e.Message} Pass HoldOut as the rows that go into the pipeline AppendDiagnostics is called on, not transformed ones.", e);
        }
    }

    private sealed class Follower(HoldOutPath path, IEstimator<ITransformer> stage, bool isFirst) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            var fitted = stage.Fit(input);
            path.Advance(fitted, isFirst);
            return fitted;
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => stage.GetOutputSchema(inputSchema);
    }
}
