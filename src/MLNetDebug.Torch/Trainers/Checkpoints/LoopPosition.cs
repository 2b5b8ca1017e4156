using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Trainers.Checkpoints;

/// <summary>Where a training stands between two steps.</summary>
internal readonly record struct LoopPosition
{
    public LoopPosition()
    {
    }

    /// <summary>The epoch that runs, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>The batch of it that comes next.</summary>
    public long Batch { get; init; }

    /// <summary>The best held-out loss; NaN before the first.</summary>
    public double BestLoss { get; init; } = double.NaN;

    /// <summary>The epoch it was reached in; -1 before the first.</summary>
    public int BestEpoch { get; init; } = -1;

    /// <summary>True where no step is left.</summary>
    public bool IsFinished { get; init; }

    /// <summary>What the guard has done to the rates and the gradients.</summary>
    public GuardMemory Guard { get; init; } = GuardMemory.None;

    public void Write(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(Batch);
        writer.Write(BestLoss);
        writer.Write(BestEpoch);
        writer.Write(IsFinished);
        writer.Write(Guard.RateFactor);
        writer.Write(Guard.ClipLimit);
        writer.Write(Guard.Mends);
        writer.Write(Guard.Passed);
        writer.Write(Guard.FirstLoss);
    }

    public static LoopPosition Read(BinaryReader reader) => new()
    {
        Epoch = reader.ReadInt32(),
        Batch = reader.ReadInt64(),
        BestLoss = reader.ReadDouble(),
        BestEpoch = reader.ReadInt32(),
        IsFinished = reader.ReadBoolean(),
        Guard = new GuardMemory(reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble()),
    };
}
