using MLNetDebug.Data;
using MLNetDebug.Torch.Training;
using TorchSharp;

namespace MLNetDebug.Torch;

/// <content>What it tells: the report, the events, and where training stands.</content>
public sealed partial class TrainingGuard
{
    private const int MaxEvents = 1000;

    /// <summary>What was found so far, what was checked and what was not.</summary>
    public DiagnosticReport Report => _log.Report(NotSeen(), Facts());

    /// <summary>What was found and done, in order; the first thousand.</summary>
    public IReadOnlyList<TrainingEvent> Events => _events;

    private void Tell(TrainingEventKind kind, string rule, string text)
    {
        var happened = new TrainingEvent(_signals.Step, kind, text) { Epoch = _signals.Epoch, RuleId = rule };
        if (_events.Count < MaxEvents)
            _events.Add(happened);
        _history.Add(happened);
    }

    private void ReportProgress() => _options.Progress?.Report(new TrainingProgress(
        Steps, _signals.Epoch, _signals.Loss.Smoothed, _signals.GradientNorm, _rates.Current, _log.Warnings, _events.Count(e => e.Kind != TrainingEventKind.Found))
    {
        StepsPerEpoch = _signals.Epochs.Count > 0 ? _signals.Epochs[^1].Steps : null,
        StepInEpoch = Steps - _signals.EpochStart,
        ValidationLoss = _signals.Epochs.LastOrDefault()?.Validation?.Loss ?? double.NaN,
        ValidationAccuracy = _signals.Epochs.LastOrDefault()?.Validation?.Accuracy ?? double.NaN,
    });

    private Evidence[] Facts() =>
    [
        new("steps", Steps), new("epochs", _signals.Epochs.Count), new("parameters", _signals.Parameters.Sum(p => p.Parameter.IsInvalid ? 0 : p.Parameter.NumberOfElements)), new("steps not taken", _skipped),
    ];

    private IEnumerable<NotChecked> NotSeen()
    {
        var run = new Subject(SubjectKind.Run, _model.GetType().Name);
        if (_wasBeginUsed)
            yield return new NotChecked(run, "the origin of what is not finite by a replay: the loop runs forward and backward passes itself; Step can replay") { RuleId = RuleIds.NonFinite };
        if (Steps > 0 && !_signals.Batches.SawTensors)
            yield return new NotChecked(run, "labels, sizes and order of the batches: they hold no tensor, tuple of tensors or list of them");
        if (Steps > 0 && !_signals.SawOutput)
            yield return new NotChecked(run, "what the network returns: its root was not called by call, and no output was handed over");
        if (_signals.Parameters.Any(p => !p.Parameter.IsInvalid && p.Parameter.device_type != DeviceType.CPU))
            yield return new NotChecked(run, "the random state of the GPU: TorchSharp does not show it, so that a replay draws other random numbers there");
        if (_options.Policy == TrainingPolicy.Mend && _good is { IsComplete: false })
            yield return new NotChecked(run, "mending by rollback: an optimizer shows no state that could be put back");
        foreach (var fault in _history.Faults)
            yield return new NotChecked(run, fault);
    }
}
