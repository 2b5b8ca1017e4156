namespace MLNetDebug.Torch.Training;

/// <summary>Where a training run stands.</summary>
/// <param name="Step">Steps so far.</param>
/// <param name="Epoch">Zero-based epoch.</param>
/// <param name="Loss">The smoothed loss.</param>
/// <param name="GradientNorm">The norm over all gradients at the last step.</param>
/// <param name="LearningRate">The first optimizer's learning rate, a guard's factor included.</param>
/// <param name="Findings">Findings of severity Warning and above so far.</param>
/// <param name="Actions">Actions of the guard so far.</param>
public readonly record struct TrainingProgress(long Step, int Epoch, double Loss, double GradientNorm, double LearningRate, int Findings, int Actions)
{
    /// <summary>Steps of the last finished epoch; null before.</summary>
    public long? StepsPerEpoch { get; init; }

    /// <summary>Steps of the running epoch.</summary>
    public long StepInEpoch { get; init; }

    /// <summary>The last held-out loss; NaN where there is none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>The last held-out accuracy; NaN where there is none.</summary>
    public double ValidationAccuracy { get; init; } = double.NaN;
}
