using Microsoft.ML.Data;
using MLNetDebug;
using MLNetDebug.Pipeline;

namespace Microsoft.ML;

/// <summary>The ways into MLNetDebug.</summary>
public static class DiagnosticsExtensions
{
    /// <summary>Checks of data that need no pipeline.</summary>
    /// <param name="ml">The context.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ml"/> is null.</exception>
    public static DiagnosticsCatalog Diagnostics(this MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return new DiagnosticsCatalog(ml);
    }

    /// <summary>
    /// Checks the data when the pipeline is fitted: before its last trainer where it has one, at its end where it has none. The fitted
    /// stage hands data through unchanged and leaves nothing in a saved model.
    /// </summary>
    /// <param name="pipeline">Any estimator or chain.</param>
    /// <param name="options">What to check and what to do about it; null for the defaults.</param>
    /// <returns>The pipeline with the check in it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    /// <exception cref="InvalidOperationException">The pipeline's stages cannot be read; the message says where to put the call.</exception>
    /// <remarks>
    /// <c>Fit</c> throws <see cref="DiagnosticException"/> where a finding reaches <see cref="DiagnosticsOptions.FailOn"/>.
    /// The check is one more pass over the data. ML.NET disposes images that are held in memory once a pass has read them: where a pipeline starts
    /// from such images (and not from their paths, with <c>LoadImages</c>), put <c>AppendCacheCheckpoint</c> behind <c>ExtractPixels</c>.
    /// </remarks>
    public static EstimatorChain<ITransformer> AppendDiagnostics(this IEstimator<ITransformer> pipeline, DiagnosticsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new StagePlacement(pipeline, options).Place(pipeline);
    }

    /// <summary>As above, for a chain whose last stage predicts: the check stands before the trainer, and the last stage keeps its type.</summary>
    /// <typeparam name="TLastTransformer">What the chain's last stage is fitted to.</typeparam>
    /// <param name="pipeline">The chain.</param>
    /// <param name="options">What to check and what to do about it; null for the defaults.</param>
    /// <returns>The chain with the check before its trainer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pipeline"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    /// <exception cref="InvalidOperationException">The chain's stages cannot be read; the message says where to put the call.</exception>
    public static EstimatorChain<TLastTransformer> AppendDiagnostics<TLastTransformer>(
        this EstimatorChain<TLastTransformer> pipeline, DiagnosticsOptions? options = null)
        where TLastTransformer : class, IPredictionTransformer<object>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new StagePlacement(pipeline, options).PlaceBefore<TLastTransformer>(pipeline);
    }

    /// <summary>As above, for a trainer alone: the check stands before it.</summary>
    /// <typeparam name="TTransformer">What the trainer is fitted to.</typeparam>
    /// <param name="trainer">The trainer.</param>
    /// <param name="options">What to check and what to do about it; null for the defaults.</param>
    /// <returns>A chain of the check and the trainer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="trainer"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    public static EstimatorChain<TTransformer> AppendDiagnostics<TTransformer>(
        this IEstimator<TTransformer> trainer, DiagnosticsOptions? options = null)
        where TTransformer : class, IPredictionTransformer<object>
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new StagePlacement(trainer, options).PlaceBefore<TTransformer>(trainer);
    }

    /// <summary>The reports of the checks and guards that a fitted model went through, in the order of its stages.</summary>
    /// <param name="model">A fitted pipeline. A model read from a file holds none: reports are not saved.</param>
    /// <returns>The reports; empty where there are none.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static IReadOnlyList<DiagnosticReport> DiagnosticReports(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. FittedStages.WithChains(model).Select(s => (s as DiagnosticsTransformer)?.Report ?? AttachedReports.Of(s)).OfType<DiagnosticReport>()];
    }

    /// <summary>
    /// Compares new data with the data the model was fitted on, as the fitted check saw it: the stages before the check are applied
    /// to the new data first. New data need not have a label.
    /// </summary>
    /// <param name="model">A pipeline fitted in this process with a check in it; of several checks the last is asked.</param>
    /// <param name="ml">The context; the report goes to its log where no sinks are set.</param>
    /// <param name="newData">The new data, as it would go into the model.</param>
    /// <param name="options">Thresholds, budgets, silenced rules; null for the defaults. Findings throw only where <see cref="DiagnosticsOptions.FailOn"/> is set.</param>
    /// <param name="cancellationToken">Ends the comparison early.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors stand in one message.</exception>
    /// <exception cref="InvalidOperationException">The model keeps no profile, or the new data has none of its features.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public static DiagnosticReport CheckShift(
        this ITransformer model, MLContext ml, IDataView newData, DiagnosticsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(newData);
        options ??= new DiagnosticsOptions();
        OptionsChecks.ThrowIfInvalid(options);
        var report = ShiftCheck.Run(model, newData, options, cancellationToken);
        return DiagnosticsRun.Hand(report, options, DiagnosticsSink.Log(ml));
    }
}
