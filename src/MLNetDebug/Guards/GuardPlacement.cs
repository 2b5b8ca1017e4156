using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Puts the last trainer of a chain under guard.</summary>
internal static class GuardPlacement
{
    public static EstimatorChain<T> Place<T>(EstimatorChain<T> chain, GuardOptions? options)
        where T : class, ITransformer
    {
        var stages = EstimatorChains.StagesOf(chain);
        var at = LastTrainer(stages);
        if (at < 0)
            throw new ArgumentException("The chain holds no trainer: append one, then call Guard(), or call Guard() on the trainer itself.", nameof(chain));
        var guarded = new List<ChainStage>(stages);
        guarded[at] = stages[at] with { Estimator = at == stages.Count - 1 ? Typed<T>(stages[at].Estimator, options) : Guarded(stages[at].Estimator, options) };
        return EstimatorChains.Build<T>(guarded, EstimatorChains.EnvironmentOf(chain));
    }

    private static int LastTrainer(IReadOnlyList<ChainStage> stages)
    {
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            var stage = stages[i].Estimator;
            if (EstimatorChains.IsChain(stage) ? LastTrainer(EstimatorChains.StagesOf(stage)) >= 0 : TrainerInspector.IsTrainer(stage))
                return i;
        }

        return -1;
    }

    /// <summary>The last stage keeps the type of what it is fitted to, which the chain's own type names.</summary>
    private static IEstimator<ITransformer> Typed<T>(IEstimator<ITransformer> stage, GuardOptions? options)
        where T : class, ITransformer =>
        (IEstimator<ITransformer>)(EstimatorChains.IsChain(stage) ? Guarded(stage, options) : new GuardedEstimator<T>((IEstimator<T>)stage, options));

    private static IEstimator<ITransformer> Guarded(IEstimator<ITransformer> stage, GuardOptions? options) =>
        EstimatorChains.IsChain(stage) ? Nested(stage, options) : new GuardedEstimator<ITransformer>(stage, options);

    private static IEstimator<ITransformer> Nested(IEstimator<ITransformer> chain, GuardOptions? options) =>
        (IEstimator<ITransformer>)typeof(GuardPlacement).GetMethod(nameof(Place))!.MakeGenericMethod(chain.GetType().GetGenericArguments()[0])
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [chain, options], null)!;
}
