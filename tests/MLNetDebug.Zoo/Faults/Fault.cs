using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Faults;

/// <summary>One damage, as data: what it does is told by its parameters alone.</summary>
internal abstract record Fault
{
    /// <summary>Damages a healthy case.</summary>
    public abstract ZooCase Apply(ZooCase healthy, ZooRandom random);
}

/// <summary>A fault of the training rows only.</summary>
internal abstract record TrainFault : Fault
{
    public sealed override ZooCase Apply(ZooCase healthy, ZooRandom random) => healthy with { Train = Apply(healthy.Train, random) };

    protected abstract ZooTable Apply(ZooTable train, ZooRandom random);
}
