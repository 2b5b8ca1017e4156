using MLNetDebug.AutoML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>Which of the two numbers that a held-out pass gives a sweep goes by.</summary>
internal sealed class TrialMetric
{
    private readonly bool _isAccuracy;

    /// <exception cref="ArgumentException">A trainer of networks does not measure that metric, or not in that direction.</exception>
    public TrialMetric(SweepMetric metric, TorchTask task)
    {
        _isAccuracy = metric.Name == SweepMetric.Accuracy.Name;
        if (!_isAccuracy && metric.Name != SweepMetric.Loss.Name)
            throw new ArgumentException($"A network is compared by '{SweepMetric.Accuracy.Name}' or '{SweepMetric.Loss.Name}' on the validation rows, not by '{metric.Name}': set {nameof(SweepOptions)}.{nameof(SweepOptions.Metric)} to one of them, or sweep over a {nameof(TrialBody)} of your own.", nameof(metric));
        if (metric.IsHigherBetter != _isAccuracy)
            throw new ArgumentException($"The metric '{metric.Name}' is better where it is {(_isAccuracy ? "higher" : "lower")}: use {nameof(SweepMetric)}.{(_isAccuracy ? nameof(SweepMetric.Accuracy) : nameof(SweepMetric.Loss))}.", nameof(metric));
        if (_isAccuracy && task == TorchTask.Regression)
            throw new ArgumentException($"A regression has no accuracy: set {nameof(SweepOptions)}.{nameof(SweepOptions.Metric)} to {nameof(SweepMetric)}.{nameof(SweepMetric.Loss)}.", nameof(metric));
    }

    public double Of(TrainedEpoch epoch) => _isAccuracy ? epoch.Accuracy : epoch.Loss;

    public double Of(HeldOutAnswers answers) => _isAccuracy ? answers.Accuracy : answers.Loss;
}
