using Microsoft.ML;
using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Finds the trainer in a pipeline.</summary>
internal static class ChainTrainers
{
    /// <summary>The last stage that learns, in nested chains too; null where none does, or the chain cannot be read.</summary>
    public static object? LastOf(IEstimator<ITransformer> pipeline)
    {
        try
        {
            return EstimatorChains.StagesOf(pipeline).Reverse()
                .Select(s => EstimatorChains.IsChain(s.Estimator) ? LastOf(s.Estimator) : TrainerInspector.IsTrainer(s.Estimator) ? s.Estimator : null)
                .FirstOrDefault(t => t is not null);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
