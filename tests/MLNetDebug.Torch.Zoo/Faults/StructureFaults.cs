using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Programs;

namespace MLNetDebug.Torch.Zoo.Faults;

/// <summary>The last layer has no bias.</summary>
internal sealed record OutputBiasMissing : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { HasOutputBias = false } };
}

/// <summary>No layer has a bias.</summary>
internal sealed record BiasesMissing : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { HasBias = false, HasOutputBias = false } };
}

/// <summary>An activation stands behind the last layer.</summary>
internal sealed record Ended(Ending Ending) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { Ending = Ending } };
}

/// <summary>A batch normalisation stands behind the last layer.</summary>
internal sealed record EndedInNorm : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { EndsInNorm = true } };
}

/// <summary>Plain dropout among the convolutions.</summary>
internal sealed record DroppedAmongConvolutions(double Probability) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { ConvolutionDropout = Probability } };
}

/// <summary>Dropout in front of layers that batch normalisation follows.</summary>
internal sealed record DroppedBeforeNorm(double Probability) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { DropoutBeforeNorm = Probability } };
}

/// <summary>Modules that are not registered as they should be.</summary>
internal sealed record RegisteredAs(Registration Registration) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { Registration = Registration } };
}

/// <summary>The network is in evaluation mode where training begins.</summary>
internal sealed record EvaluatedBeforeTraining : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { IsEvaluating = true };
}
