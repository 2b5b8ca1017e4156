using MLNetDebug.Torch.Zoo.Programs;

namespace MLNetDebug.Torch.Zoo.Faults;

/// <summary>Weight decay on every parameter, biases among them.</summary>
internal sealed record DecayOnAll(double Decay) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Optimizer = healthy.Optimizer with { Decay = Decay, DecaysAll = true } };
}

/// <summary>Stochastic gradient descent without momentum.</summary>
internal sealed record MomentumRemoved : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Optimizer = healthy.Optimizer with { Kind = "SGD", Momentum = 0 } };
}

/// <summary>An optimizer that was not given some modules.</summary>
internal sealed record LayersNotOptimized(params string[] Modules) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Optimizer = healthy.Optimizer with { Takes = name => healthy.Optimizer.Takes(name) && !Modules.Any(m => name.StartsWith(m + ".", StringComparison.Ordinal)) },
    };
}

/// <summary>An optimizer that was made for another instance of the network.</summary>
internal sealed record OptimizerOfAnother : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Optimizer = healthy.Optimizer with { IsOfAnother = true } };
}

/// <summary>An optimizer that is given one tensor under both its names; nobody says that it is tied.</summary>
internal sealed record TiedTwice : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Optimizer = healthy.Optimizer with { Takes = _ => true }, Ties = [] };
}
