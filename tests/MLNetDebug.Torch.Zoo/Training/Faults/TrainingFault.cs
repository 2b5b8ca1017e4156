using MLNetDebug.Torch.Zoo.Faults;

namespace MLNetDebug.Torch.Zoo.Training.Faults;

/// <summary>One fault of a training, as data: what it does is told by its parameters alone.</summary>
internal abstract record TrainingFault
{
    /// <summary>Plants it.</summary>
    public abstract TrainingPlan Apply(TrainingPlan healthy);

    /// <summary>A fault of the network, its data or its optimizer, met by training.</summary>
    public static implicit operator TrainingFault(NetworkFault fault) => new InNetwork(fault);
}

/// <summary>A fault of the network, its data or its optimizer.</summary>
internal sealed record InNetwork(NetworkFault Fault) : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => healthy with { Network = Fault.Apply(healthy.Network) };
}

/// <summary>Two faults that make one mistake together.</summary>
internal sealed record Both(TrainingFault First, TrainingFault Second) : TrainingFault
{
    public override TrainingPlan Apply(TrainingPlan healthy) => Second.Apply(First.Apply(healthy));
}
