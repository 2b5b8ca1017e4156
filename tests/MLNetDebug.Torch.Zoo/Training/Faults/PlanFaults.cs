using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training.Faults;

/// <summary>Another learning rate.</summary>
internal sealed record RateTimes(double Factor) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Optimizer = healthy.Optimizer with { Rate = healthy.Optimizer.Rate * Factor } };
}

/// <summary>Another activation in all hidden layers.</summary>
internal sealed record Activated(Activation By) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Traits = healthy.Traits with { Activation = By } };
}

/// <summary>Single parameters on another scale.</summary>
internal sealed record ParametersScaled(double Factor, params string[] Parameters) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Initialise = network =>
        {
            healthy.Initialise(network);
            using var quiet = no_grad();
            foreach (var (_, parameter) in network.named_parameters().Where(p => Parameters.Contains(p.name)))
                parameter.mul_(Factor);
        },
    };
}

/// <summary>Biases far below 0 for a share of a layer's units, or for all: a ReLU behind them gives 0 whatever the row.</summary>
internal sealed record UnitsKilled(double Share, params string[] Modules) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Initialise = network =>
        {
            healthy.Initialise(network);
            using var quiet = no_grad();
            foreach (var (_, bias) in network.named_parameters().Where(p => Modules.Any(m => p.name == m + ".bias")))
                bias.sub_(100 * (arange(bias.shape[0]) < Share * bias.shape[0]).to_type(ScalarType.Float32));
        },
    };
}

/// <summary>Layers set to zero and frozen.</summary>
internal sealed record LayersFrozenAtZero(params string[] Modules) : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Initialise = network =>
        {
            healthy.Initialise(network);
            using var quiet = no_grad();
            foreach (var (_, parameter) in network.named_parameters().Where(p => Modules.Any(m => p.name.StartsWith(m + ".", StringComparison.Ordinal))))
            {
                parameter.zero_();
                parameter.requires_grad = false;
            }
        },
    };
}

/// <summary>A cross-entropy by hand: the logarithm of a softmax, which is 0 where a class is certain not to be.</summary>
internal sealed record EntropyByHand : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Loss = LossPlan.Of((output, target) => -nn.functional.softmax(output, 1).gather(1, target.unsqueeze(1)).log().mean()),
    };
}

/// <summary>An optimizer that was given the biases alone.</summary>
internal sealed record OnlyBiasesTrained : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Optimizer = healthy.Optimizer with { Takes = name => healthy.Optimizer.Takes(name) && name.EndsWith("bias", StringComparison.Ordinal) },
    };
}
