using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Faults;

/// <summary>A fault of the first weights, set after the network's own initialisation.</summary>
/// <param name="Modules">Paths of the modules that are hit; none for all. Normalisation is left as it is.</param>
internal abstract record WeightFault(string[] Modules) : NetworkFault
{
    public sealed override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Initialise = network =>
        {
            healthy.Initialise(network);
            using var _ = no_grad();
            foreach (var (name, parameter) in network.named_parameters().Where(p => IsHit(network, p.name)))
                Set(parameter, isBias: name.Contains("bias", StringComparison.Ordinal));
        },
    };

    protected abstract void Set(Parameter parameter, bool isBias);

    private bool IsHit(nn.Module network, string name) => Modules.Length > 0
        ? Modules.Any(m => name.StartsWith(m + ".", StringComparison.Ordinal))
        : network.named_parameters().Any(p => p.name == name && (p.parameter.dim() > 1 || name.Contains("bias", StringComparison.Ordinal)));
}

/// <summary>Weights and biases of zero.</summary>
internal sealed record WeightsZeroed(params string[] Modules) : WeightFault(Modules)
{
    protected override void Set(Parameter parameter, bool isBias) => parameter.zero_();
}

/// <summary>Weights of one value, biases of zero.</summary>
internal sealed record WeightsConstant(double Value, params string[] Modules) : WeightFault(Modules)
{
    protected override void Set(Parameter parameter, bool isBias) => parameter.fill_(isBias ? 0 : Value);
}

/// <summary>Weights on another scale; biases stay.</summary>
internal sealed record WeightsScaled(double Factor, params string[] Modules) : WeightFault(Modules)
{
    protected override void Set(Parameter parameter, bool isBias)
    {
        if (!isBias)
            parameter.mul_(Factor);
    }
}

/// <summary>Biases drawn far too wide.</summary>
internal sealed record BiasesDrawn(double Deviation, params string[] Modules) : WeightFault(Modules)
{
    protected override void Set(Parameter parameter, bool isBias)
    {
        if (isBias)
            parameter.normal_(0, Deviation);
    }
}
