using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.AutoML.Probes;
using MLNetDebug.Torch.AutoML.Trials;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.AutoML;

/// <summary>What a sweep needs to train networks: trials and range tests, over rows that are read once.</summary>
internal sealed class TorchSweep : IDisposable
{
    // Trainings share libtorch's random state: two at once would be neither's.
    private static readonly SemaphoreSlim Gate = new(1, 1);

    private readonly SweepRows _rows;
    private readonly TorchTrial _trial;

    /// <summary>Reads the rows.</summary>
    /// <param name="template">The trainer that trials differ from in rate, batch size, seed and epochs.</param>
    /// <param name="train">Rows to train on.</param>
    /// <param name="validation">Rows that trials are compared by.</param>
    /// <param name="test">Rows that nothing is chosen by; null for none.</param>
    /// <param name="options">The sweep's metric and space.</param>
    /// <param name="configure">Sets further options by the trial; null for none.</param>
    /// <exception cref="ArgumentException">The metric is none of a network's, a column is missing or of another type, or no row can be used.</exception>
    /// <exception cref="InvalidOperationException">The libraries of TorchSharp do not load, or the device is absent.</exception>
    public TorchSweep(
        TorchTrainer template, IDataView train, IDataView validation, IDataView? test, SweepOptions options, Func<TrialContext, TorchTrainerOptions, TorchTrainerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(options);
        if (template.Options.Guard?.History.Count > 0)
            throw new ArgumentException($"{nameof(TorchTrainerOptions)}.{nameof(TorchTrainerOptions.Guard)} holds a history, which belongs to one training and ends with it: leave it out, and give each trial its own in the function that sets a trial's options.", nameof(template));
        var metric = new TrialMetric(options.Metric, template.Task);
        TrainerFit.ThrowIfUnusable(template.Options);
        var trainers = new TrialTrainers(template, options.Space, configure);
        _rows = SweepRows.Read(template, train, validation, test);
        _trial = new TorchTrial(trainers, _rows, metric);
        try
        {
            Baseline = ConstantAnswer.Of(_rows.Training, template, metric.IsAccuracy);
        }
        catch
        {
            _rows.Dispose();
            throw;
        }

        Body = RunAsync;
        Probe = new TorchLearningRateProbe(trainers, _rows, Gate);
    }

    /// <summary>Trains a trial. Trainings of one process take turns.</summary>
    public TrialBody Body { get; }

    /// <summary>Tests the learning rates of a batch size.</summary>
    public ILearningRateProbe Probe { get; }

    /// <summary>What a constant answer scores on the validation rows; null where that is not known.</summary>
    public double? Baseline { get; }

    public void Dispose() => _rows.Dispose();

    private async Task<TrialOutcome> RunAsync(TrialContext trial, CancellationToken token)
    {
        await Gate.WaitAsync(token).ConfigureAwait(false);
        try
        {
            // A training is long and blocks: the caller's thread is not its.
            return await Task.Factory.StartNew(() => _trial.Run(trial, token), token, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        finally
        {
            Gate.Release();
        }
    }
}
