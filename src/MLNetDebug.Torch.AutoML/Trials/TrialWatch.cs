using MLNetDebug.AutoML;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>Follows one trial's training: counts its steps, reports its epochs, ends it where its guard says that it cannot win, and measures what comes out.</summary>
/// <param name="trial">The trial.</param>
/// <param name="metric">What it is compared by.</param>
/// <param name="allSteps">Steps of the whole trial.</param>
/// <param name="measure">Measures the trained network: on validation rows, and on test rows.</param>
internal sealed class TrialWatch(TrialContext trial, TrialMetric metric, long allSteps, Func<NetworkInTraining, (double Validation, double Test)> measure) : ITrainingObserver
{
    private readonly List<Finding> _found = [];
    private readonly Doom _doom = new(allSteps);
    private int _reported;

    /// <summary>Gradients that were computed, of steps done again too.</summary>
    public long Steps { get; private set; }

    /// <summary>The metric of the weights that training ended with, on validation and on test rows.</summary>
    public (double Validation, double Test) Measured { get; private set; } = (double.NaN, double.NaN);

    /// <summary>Takes what the guard finds. It is called within a step, which is not to be torn: the trial ends behind it.</summary>
    public void OnFinding(Finding finding)
    {
        _found.Add(finding);
        _doom.Judge(finding, Steps);
    }

    public void OnStep()
    {
        Steps++;
        ThrowIfDoomed(_found);
    }

    public void OnEpoch(TrainedEpoch epoch)
    {
        // A finding that has grown since its first word is told of nowhere else.
        var report = epoch.Guard?.Report;
        foreach (var finding in report?.Findings ?? [])
            _doom.Judge(finding, Steps);
        if (epoch.Epochs > _reported)
        {
            _reported = epoch.Epochs;
            trial.Report(epoch.Epochs, metric.Of(epoch), Steps);
        }

        ThrowIfDoomed(report?.Findings ?? _found);
    }

    public void OnTrained(NetworkInTraining network) => Measured = measure(network);

    private void ThrowIfDoomed(IReadOnlyList<Finding> found)
    {
        if (_doom.Finding is { } doom)
            throw new TrialPrunedException($"{doom.Rule.Id}: {doom.Message}", [.. found]) { Steps = Steps };
    }
}
