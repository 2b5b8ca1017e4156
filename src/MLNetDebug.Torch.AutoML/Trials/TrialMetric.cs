using MLNetDebug.AutoML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>Which of the two numbers that a held-out pass gives a sweep goes by.</summary>
internal sealed class TrialMetric
{
    /// <exception cref="ArgumentException">A trainer of networks does not measure that metric, or not in that direction.</exception>
    public TrialMetric(SweepMetric metric, TorchTask task)
    {
        IsAccuracy = metric.Name == SweepMetric.Accuracy.Name;
        if (!IsAccuracy && metric.Name != SweepMetric.Loss.Name)
            throw new ArgumentException($"A network is compared by '{SweepMetric.Accuracy.Name}' or '{SweepMetric.Loss.Name}' on the validation rows, not by '{metric.Name}': set {nameof(SweepOptions)}.{nameof(SweepOptions.Metric)} to one of them, or sweep over a {nameof(TrialBody)} of your own.", nameof(metric));
        if (metric.IsHigherBetter != IsAccuracy)
            throw new ArgumentException($"The metric '{metric.Name}' is better where it is {(IsAccuracy ? "higher" : "lower")}: use {nameof(SweepMetric)}.{(IsAccuracy ? nameof(SweepMetric.Accuracy) : nameof(SweepMetric.Loss))}.", nameof(metric));
        if (IsAccuracy && task == TorchTask.Regression)
            throw new ArgumentException($"A regression has no accuracy: set {nameof(SweepOptions)}.{nameof(SweepOptions.Metric)} to {nameof(SweepMetric)}.{nameof(SweepMetric.Loss)}.", nameof(metric));
    }

    /// <summary>True for the accuracy, false for the loss.</summary>
    public bool IsAccuracy { get; }

    public double Of(TrainedEpoch epoch) => IsAccuracy ? epoch.Accuracy : epoch.Loss;

    public double Of(HeldOutAnswers answers) => IsAccuracy ? answers.Accuracy : answers.Loss;
}
