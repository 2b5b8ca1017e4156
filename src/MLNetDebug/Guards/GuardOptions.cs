using System.ComponentModel.DataAnnotations;
using Microsoft.ML;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>How much a guard looks at the data before training.</summary>
public enum DataChecks
{
    /// <summary>Nothing: no pass over the data.</summary>
    None = 0,

    /// <summary>One pass: types, labels, missing and infinite values, scales, order. No model is trained.</summary>
    Facts = 1,

    /// <summary>Every rule on data, as <c>AppendDiagnostics</c> checks: also those that train models, and the splits where <see cref="DiagnosticsOptions.HoldOut"/> is set.</summary>
    Full = 2,
}

/// <summary>What to do when the loss, the gradients or the weights of a network leave the numbers.</summary>
public enum DivergenceAction
{
    /// <summary>End training and throw.</summary>
    Throw = 0,

    /// <summary>End training and go back to the weights of the best epoch so far; throws where none was finished.</summary>
    KeepBest = 1,
}

/// <summary>What a guard checks and what it does about it. Everything has a default.</summary>
public sealed record GuardOptions
{
    /// <summary>
    /// Columns, thresholds, silenced rules, severities, the severity to throw from, sinks, the seed: as for <c>AppendDiagnostics</c>. <see cref="DiagnosticsOptions.Trainer"/>
    /// must be left open: it is the guarded trainer. Default: facts of Error weight throw.
    /// </summary>
    public DiagnosticsOptions Diagnostics { get; init; } = new();

    /// <summary>How much is checked before training. Default <see cref="DataChecks.Facts"/>.</summary>
    public DataChecks Data { get; init; } = DataChecks.Facts;

    /// <summary>Whether the fitted model is looked into: its parameters, and its scores of sampled rows. Default true.</summary>
    public bool CheckModel { get; init; } = true;

    /// <summary>Sampled rows that the fitted model scores, 20 to 100,000; fewer where scoring is slow beside training. Default 1,000.</summary>
    [Range(20, 100_000)]
    public int ScoredRows { get; init; } = 1_000;

    /// <summary>Rows the model is judged on as well, as they go into the trainer; nothing is learned from them. Default: the trainer's own validation set where it has one.</summary>
    public IDataView? Validation { get; init; }

    /// <summary>
    /// Wall time that training may take, a millisecond to 365 days; null without limit. Where the trainer makes a sound model of what it has, that model is kept;
    /// elsewhere <see cref="TimeoutException"/>. Default null.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00")]
    public TimeSpan? TimeBudget { get; init; }

    /// <summary>Passes over the data that training may begin, at least 1; null without limit. Ends as <see cref="TimeBudget"/> does. Default null.</summary>
    [Range(1L, long.MaxValue)]
    public long? MaxPasses { get; init; }

    /// <summary>Cancels training with <see cref="OperationCanceledException"/>: within one row where the trainer reads rows. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Asks training to end and to keep the model, where the trainer makes a sound one of what it has; elsewhere it cancels. Default: none.</summary>
    public CancellationToken StopToken { get; init; }

    /// <summary>What to do when a network's loss, gradients or weights are no longer finite. Default <see cref="DivergenceAction.Throw"/>.</summary>
    public DivergenceAction OnDivergence { get; init; }

    /// <summary>Told of losses, gradient norms and learning rates while training runs, where the trainer lets them be seen. Default: none.</summary>
    public IProgress<FitSignal>? Signals { get; init; }
}
