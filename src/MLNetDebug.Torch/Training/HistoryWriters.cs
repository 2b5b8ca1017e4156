using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Training.Signals;

namespace MLNetDebug.Torch.Training;

/// <summary>Hands what was measured to the histories. One that throws is left alone from then on.</summary>
internal sealed class HistoryWriters(IReadOnlyList<ITrainingHistory> histories) : IDisposable
{
    private readonly List<ITrainingHistory> _left = [.. histories];
    private readonly List<string> _faults = [];

    /// <summary>One sentence per history that threw.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public bool IsEmpty => _left.Count == 0;

    public void Add(TrainingSignals signals, double loss, IReadOnlyList<KeyValuePair<string, double>> terms, double rate, bool isTaken, bool isSampled)
    {
        var withHistograms = isSampled && _left.Any(h => h.HistogramEvery is > 0 and var every && signals.Step % every == 0);
        var record = new StepRecord
        {
            Step = signals.Step,
            Epoch = signals.Epoch,
            Loss = loss,
            Terms = terms,
            GradientNorm = signals.GradientNorm,
            LearningRate = rate,
            IsTaken = isTaken,
            Parameters = !isSampled ? [] :
            [
                .. signals.Parameters.Select(p => new ParameterSample(p.Name, p.GradientNorm, p.Norm, p.UpdateRatio)
                {
                    Histogram = withHistograms ? ParameterHistograms.Of(p.Parameter) : null,
                }),
            ],
        };
        Each(h => h.Add(record));
    }

    public void Add(EpochRecord epoch) => Each(h => h.Add(epoch));

    public void Add(TrainingEvent happened) => Each(h => h.Add(happened));

    public void Dispose()
    {
        Each(h => h.Flush());
        foreach (var history in histories)
            Try(history, h => h.Dispose());
    }

    private void Each(Action<ITrainingHistory> tell)
    {
        for (var i = _left.Count - 1; i >= 0; i--)
        {
            if (!Try(_left[i], tell))
                _left.RemoveAt(i);
        }
    }

    private bool Try(ITrainingHistory history, Action<ITrainingHistory> tell)
    {
        try
        {
            tell(history);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _faults.Add($"{history.GetType().Name} recorded no further: {ForwardFailure.OneLine(e)}");
            return false;
        }
    }
}
