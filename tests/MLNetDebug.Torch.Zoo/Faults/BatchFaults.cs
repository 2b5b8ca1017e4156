using MLNetDebug.Torch.Zoo.Programs;

namespace MLNetDebug.Torch.Zoo.Faults;

/// <summary>Batches of another size.</summary>
internal sealed record BatchesOf(int Size) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { BatchSize = Size };
}

/// <summary>Inputs in raw units.</summary>
internal sealed record InputsScaled(double Factor) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Prepare = d => healthy.Prepare(d).WithInputs(x => x * Factor) };
}

/// <summary>A loss that is summed over the batch.</summary>
internal sealed record LossSummed(LossPlan Loss) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Loss = Loss };
}

/// <summary>Images in raw units, drawn again by a network that knows [0, 1].</summary>
internal sealed record InputsAndTargetsScaled(double Factor) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Prepare = d => healthy.Prepare(d.WithInputs(x => x * Factor)) };
}
