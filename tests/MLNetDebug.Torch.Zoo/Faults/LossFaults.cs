using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;

namespace MLNetDebug.Torch.Zoo.Faults;

/// <summary>Another loss than the network was made for.</summary>
internal sealed record LossReplaced(LossPlan Loss) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Loss = Loss };
}

/// <summary>Probabilities where the likelihood takes their logarithms.</summary>
internal sealed record ProbabilitiesIntoLikelihood : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { Ending = Ending.Softmax }, Loss = LossPlan.NegativeLogLikelihood };
}

/// <summary>A softmax over the one number that is returned for a row: always 1.</summary>
internal sealed record SoftmaxOverOne : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Traits = healthy.Traits with { Ending = Ending.Softmax },
        Loss = LossPlan.BinaryProbabilities,
        Metric = Metrics.ProbabilityAccuracy,
    };
}

/// <summary>Targets of shape [N] against outputs of shape [N, 1].</summary>
internal sealed record TargetsFlattened(LossPlan Loss) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Prepare = d => healthy.Prepare(d).WithTargets(y => y.squeeze(1)), Loss = Loss };
}

/// <summary>Regression targets in raw units, far from zero.</summary>
internal sealed record TargetsMoved(double Offset) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Prepare = d => healthy.Prepare(d).WithTargets(y => y + Offset) };
}

/// <summary>What a divergence is given in place of log-probabilities.</summary>
internal sealed record DivergenceOf(Ending Ending) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { Ending = Ending } };
}

/// <summary>A divergence's arguments changed over: probabilities are returned, and their logarithms are the target.</summary>
internal sealed record DivergenceTurned : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Traits = healthy.Traits with { Ending = Ending.Softmax },
        Prepare = d => healthy.Prepare(d).WithTargets(LogarithmicTargets.Logarithms),
    };
}

/// <summary>Targets that are logarithms where the divergence takes probabilities.</summary>
internal sealed record LogarithmicTargets : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Prepare = d => healthy.Prepare(d).WithTargets(Logarithms) };

    /// <summary>Votes with one more spread over all classes, so that every logarithm is finite.</summary>
    public static torch.Tensor Logarithms(torch.Tensor votes) => ((votes + 0.1 / votes.shape[1]) / 1.1).log();
}
