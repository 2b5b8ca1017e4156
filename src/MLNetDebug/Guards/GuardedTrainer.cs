using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>
/// A trainer under a guard: the same types in and out, and the trainer's own fitted transformer, so that saving, one-versus-all, cross-validation and feature
/// importance work as they did.
/// </summary>
/// <typeparam name="TTransformer">What the trainer is fitted to.</typeparam>
/// <typeparam name="TModel">The model inside it.</typeparam>
public sealed class GuardedTrainer<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>, IGuarded
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private readonly FitGuard _guard;

    internal GuardedTrainer(ITrainerEstimator<TTransformer, TModel> inner, GuardOptions? options)
    {
        Inner = inner;
        _guard = new FitGuard(inner, options);
    }

    /// <summary>The trainer that is guarded.</summary>
    public ITrainerEstimator<TTransformer, TModel> Inner { get; }

    /// <summary>The report of the last fit that ended; null before the first. A fitted model has its own: <c>model.DiagnosticReports()</c>.</summary>
    public DiagnosticReport? LastReport => _guard.LastReport;

    /// <summary>What was seen of the last fit while it ran; null before the first.</summary>
    public FitRun? LastRun => _guard.LastRun;

    /// <inheritdoc/>
    public TrainerInfo Info => Inner.Info;

    object IGuarded.Inner => Inner;

    /// <summary>Checks the data, trains while watching, and checks the model.</summary>
    /// <param name="input">The training data.</param>
    /// <returns>The trainer's own fitted transformer.</returns>
    /// <exception cref="DiagnosticException">A finding reaches the severity to throw from: before training, while it ran, or of the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TimeoutException">A budget ended, and the trainer makes no sound model of half the work.</exception>
    public TTransformer Fit(IDataView input) => _guard.Fit(input, Inner.Fit);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Inner.GetOutputSchema(inputSchema);
}

/// <summary>An estimator that trains, or a pipeline that holds one, under a guard: the same type out, and the estimator's own fitted transformer.</summary>
/// <typeparam name="TTransformer">What the estimator is fitted to.</typeparam>
public sealed class GuardedEstimator<TTransformer> : IEstimator<TTransformer>, IGuarded, IHasGuard
    where TTransformer : ITransformer
{
    private readonly FitGuard _guard;
    private readonly bool _isInside;

    internal GuardedEstimator(IEstimator<TTransformer> inner, GuardOptions? options)
    {
        _isInside = EstimatorChains.IsChain(inner);
        Inner = _isInside ? (IEstimator<TTransformer>)GuardPlacement.Nested((IEstimator<ITransformer>)inner, options) : inner;
        _guard = _isInside ? GuardPlacement.GuardIn((IEstimator<ITransformer>)Inner) : new FitGuard(inner, options);
    }

    /// <summary>The estimator that is guarded; of a pipeline, the pipeline with its trainer under guard.</summary>
    public IEstimator<TTransformer> Inner { get; }

    /// <summary>The report of the last fit that ended; null before the first. A fitted model has its own: <c>model.DiagnosticReports()</c>.</summary>
    public DiagnosticReport? LastReport => _guard.LastReport;

    /// <summary>What was seen of the last fit while it ran; null before the first.</summary>
    public FitRun? LastRun => _guard.LastRun;

    object IGuarded.Inner => Inner;

    FitGuard IHasGuard.Guard => _guard;

    /// <summary>Checks the data, trains while watching, and checks the model.</summary>
    /// <param name="input">The training data.</param>
    /// <returns>The estimator's own fitted transformer.</returns>
    /// <exception cref="DiagnosticException">A finding reaches the severity to throw from: before training, while it ran, or of the model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="TimeoutException">A budget ended, and the trainer makes no sound model of half the work.</exception>
    public TTransformer Fit(IDataView input) => _isInside ? Inner.Fit(input) : _guard.Fit(input, Inner.Fit);

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Inner.GetOutputSchema(inputSchema);
}

/// <summary>Something under guard.</summary>
internal interface IHasGuard
{
    FitGuard Guard { get; }
}
