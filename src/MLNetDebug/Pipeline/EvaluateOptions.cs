using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>How scored rows are evaluated. The features of <see cref="PredictionOptions.Diagnostics"/> are read only where a score is not finite; its group is that of a ranking.</summary>
public sealed record EvaluateOptions : PredictionOptions
{
    /// <summary>Losses that your own code computed on these rows (a KL divergence, a network's loss), to be judged with the others. Default: none.</summary>
    public IReadOnlyList<LossValue> Losses { get; init; } = [];
}
