using MLNetDebug.Torch.Zoo.Programs;

namespace MLNetDebug.Torch.Zoo.Faults;

/// <summary>One fault of a network or of its training, as data: what it does is told by its parameters alone.</summary>
internal abstract record NetworkFault
{
    /// <summary>Plants it.</summary>
    public abstract NetworkPlan Apply(NetworkPlan healthy);
}
