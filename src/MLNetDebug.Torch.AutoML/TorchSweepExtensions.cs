using MLNetDebug.AutoML;
using MLNetDebug.Pipeline;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.Trainers;

namespace Microsoft.ML;

/// <summary>The guarded sweep over networks.</summary>
public static class TorchSweepExtensions
{
    /// <summary>
    /// Searches for the best learning rate, batch size and further options of a network: range tests bracket the rates of each batch size before its first trial, each trial runs under the trainer's guard, which
    /// ends it where it cannot win, and the effect of the batch size is measured on the test rows. Rows are read once.
    /// </summary>
    /// <param name="diagnostics">The catalogue.</param>
    /// <param name="trainer">The trainer that trials differ from in rate, batch size, seed and epochs. Where its options have no guard, trials are not watched.</param>
    /// <param name="train">Rows to train on.</param>
    /// <param name="validation">Rows that trials are compared by, and by whose loss each keeps its best epoch.</param>
    /// <param name="options">What is searched and how; the metric is <see cref="SweepMetric.Accuracy"/> or <see cref="SweepMetric.Loss"/>. Where it names no probe and no baseline, the network's own are taken; a single rate is not tested.</param>
    /// <param name="test">Rows that nothing is chosen by: for the effect of the batch size. Null for none: then it is not measured.</param>
    /// <param name="configure">Sets what the space's further options mean: takes the trial and the options it would be trained with, and returns those to take; null for none.</param>
    /// <param name="cancellationToken">Ends the sweep within a step; what was finished is kept. So does the token of the trainer's options.</param>
    /// <returns>The winner with its interval and its model (a <see cref="TorchPredictionTransformer"/>, which the caller disposes), the map of trials, the effect of the batch size.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong, the metric is none of a network's, a column is missing or of another type, no row can be used, or the study was begun with other settings.</exception>
    /// <exception cref="InvalidOperationException">The libraries of TorchSharp do not load, the device is absent, or the study's store cannot be used.</exception>
    /// <exception cref="IOException">The study's file or database cannot be reached, written or locked in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// var trainer = ml.MulticlassClassification.Trainers.Torch(network);
    /// var result = await ml.Diagnostics().Sweep(trainer, train, validation, new() { Metric = SweepMetric.Accuracy }, test);
    /// Console.WriteLine(result);
    /// </code>
    /// </example>
    public static async Task<SweepResult> Sweep(
        this DiagnosticsCatalog diagnostics, TorchTrainer trainer, IDataView train, IDataView validation, SweepOptions options, IDataView? test = null,
        Func<TrialContext, TorchTrainerOptions, TorchTrainerOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(options);
        MLNetDebug.AutoML.Spaces.SweepOptionsChecks.ThrowIfInvalid(options);
        // A trainer's token that is cancelled ends the sweep: else it would end one trial after the other.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, trainer.Options.CancellationToken);
        using var sweep = new TorchSweep(trainer, train, validation, test, options, configure);
        var whole = options with
        {
            Probe = options.Probe ?? (options.Space.LearningRate is { } rate && rate.Low < rate.High ? sweep.Probe : null),
            Baseline = options.Baseline ?? sweep.Baseline,
            // Arms are read on test rows alone.
            CompareBatchSizes = options.CompareBatchSizes && test is not null,
        };
        return await diagnostics.Sweep(sweep.Body, whole, both.Token).ConfigureAwait(false);
    }
}
