using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>An optimizer that is made anew for each run.</summary>
/// <param name="Kind"><c>SGD</c>, <c>Adam</c> or <c>AdamW</c>.</param>
/// <param name="Rate">The learning rate.</param>
internal sealed record OptimizerPlan(string Kind, double Rate)
{
    public static OptimizerPlan Adam { get; } = new("Adam", 3e-3);

    public static OptimizerPlan AdamW { get; } = new("AdamW", 3e-3) { Decay = 0.01 };

    public static OptimizerPlan Sgd { get; } = new("SGD", 0.05) { Momentum = 0.9 };

    public double Momentum { get; init; }

    public double Decay { get; init; }

    /// <summary>True where biases and normalisation decay as weights do; else they stand in a group of their own, without decay.</summary>
    public bool DecaysAll { get; init; }

    /// <summary>Which of the network's named parameters it is given.</summary>
    public Func<string, bool> Takes { get; init; } = _ => true;

    /// <summary>True where it is made for another network of the same kind.</summary>
    public bool IsOfAnother { get; init; }

    public optim.Optimizer Create(nn.Module network)
    {
        Parameter[] chosen = [.. network.named_parameters().Where(p => p.parameter.requires_grad && Takes(p.name)).Select(p => p.parameter)];
        if (Decay == 0 || DecaysAll)
            return Create(chosen);
        Parameter[][] groups = [[.. chosen.Where(p => p.dim() > 1)], [.. chosen.Where(p => p.dim() <= 1)]];
        return Kind switch
        {
            "SGD" => optim.SGD(groups.Select((g, i) => new SGD.ParamGroup(g, Rate, Momentum, weight_decay: i == 0 ? Decay : 0)), Rate, Momentum),
            "Adam" => optim.Adam(groups.Select((g, i) => new Adam.ParamGroup(g, Rate, weight_decay: i == 0 ? Decay : 0)), Rate),
            _ => optim.AdamW(groups.Select((g, i) => new AdamW.ParamGroup(g, Rate, weight_decay: i == 0 ? Decay : 0)), Rate),
        };
    }

    private optim.Optimizer Create(Parameter[] parameters) => Kind switch
    {
        "SGD" => optim.SGD(parameters, Rate, Momentum, weight_decay: Decay),
        "Adam" => optim.Adam(parameters, Rate, weight_decay: Decay),
        _ => optim.AdamW(parameters, Rate, weight_decay: Decay),
    };
}
