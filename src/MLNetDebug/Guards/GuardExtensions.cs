using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.Guards;

namespace Microsoft.ML;

/// <summary>The way to guard a trainer.</summary>
public static class GuardExtensions
{
    /// <summary>
    /// Puts a trainer under a guard: its data is checked before training, training can be cancelled, budgeted and watched, and no model that is dead
    /// (non-finite weights or scores, one answer for every row) leaves <c>Fit</c>.
    /// </summary>
    /// <typeparam name="TTransformer">What the trainer is fitted to.</typeparam>
    /// <typeparam name="TModel">The model inside it.</typeparam>
    /// <param name="trainer">The trainer.</param>
    /// <param name="options">What to check and what to do about it; null for the defaults.</param>
    /// <returns>The guarded trainer, to be used in its place.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trainer"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    public static GuardedTrainer<TTransformer, TModel> Guard<TTransformer, TModel>(
        this ITrainerEstimator<TTransformer, TModel> trainer, GuardOptions? options = null)
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new GuardedTrainer<TTransformer, TModel>(trainer, options);
    }

    /// <summary>
    /// As above, for an estimator that trains and is no <see cref="ITrainerEstimator{TTransformer, TModel}"/>, such as the text and image trainers of Microsoft.ML.TorchSharp,
    /// and for a pipeline whose type the compiler does not know: the last trainer in it is guarded.
    /// </summary>
    /// <typeparam name="TTransformer">What the estimator is fitted to.</typeparam>
    /// <param name="trainer">The estimator.</param>
    /// <param name="options">What to check and what to do about it; null for the defaults.</param>
    /// <returns>The guarded estimator, to be used in its place.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trainer"/> is null.</exception>
    /// <exception cref="ArgumentException">The estimator does not train, or an option is wrong; all errors stand in one message.</exception>
    public static GuardedEstimator<TTransformer> Guard<TTransformer>(this IEstimator<TTransformer> trainer, GuardOptions? options = null)
        where TTransformer : ITransformer
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new GuardedEstimator<TTransformer>(trainer, options);
    }

    /// <summary>As above, for a pipeline: the last trainer in it is guarded, and everything else stays as it is.</summary>
    /// <typeparam name="TLastTransformer">What the chain's last stage is fitted to.</typeparam>
    /// <param name="pipeline">The chain.</param>
    /// <param name="options">What to check and what to do about it; null for the defaults.</param>
    /// <returns>The chain with its trainer under guard.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is null.</exception>
    /// <exception cref="ArgumentException">The chain holds no trainer, or an option is wrong; all errors stand in one message.</exception>
    /// <exception cref="InvalidOperationException">The chain's stages cannot be read; the message says what to do instead.</exception>
    public static EstimatorChain<TLastTransformer> Guard<TLastTransformer>(this EstimatorChain<TLastTransformer> pipeline, GuardOptions? options = null)
        where TLastTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return GuardPlacement.Place(pipeline, options);
    }
}
