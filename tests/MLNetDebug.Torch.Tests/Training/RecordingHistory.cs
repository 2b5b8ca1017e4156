using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingHistory : ITrainingHistory
{
    public List<StepRecord> Steps { get; } = [];

    public List<EpochRecord> Epochs { get; } = [];

    public List<TrainingEvent> Events { get; } = [];

    public int Disposals { get; private set; }

    public void Add(StepRecord step) => Steps.Add(step);

    public void Add(EpochRecord epoch) => Epochs.Add(epoch);

    public void Add(TrainingEvent happened) => Events.Add(happened);

    public void Flush()
    {
    }

    public void Dispose() => Disposals++;
}
