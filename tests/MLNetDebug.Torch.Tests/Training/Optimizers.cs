using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Every optimizer of TorchSharp's that is written in C#, by name.</summary>
internal static class Optimizers
{
    public static readonly string[] Names = ["SGD", "Momentum", "Nesterov", "Adam", "AMSGrad", "AdamW", "RMSProp", "CenteredRMSProp", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "ASGD", "Rprop"];

    public static optim.Optimizer Create(string name, IEnumerable<Parameter> parameters, double rate = 0.01) => name switch
    {
        "SGD" => optim.SGD(parameters, rate),
        "Momentum" => optim.SGD(parameters, rate, momentum: 0.9, weight_decay: 1e-3),
        "Nesterov" => optim.SGD(parameters, rate, momentum: 0.9, nesterov: true),
        "Adam" => optim.Adam(parameters, rate),
        "AMSGrad" => optim.Adam(parameters, rate, amsgrad: true),
        "AdamW" => optim.AdamW(parameters, rate),
        "RMSProp" => optim.RMSProp(parameters, rate, momentum: 0.9),
        "CenteredRMSProp" => optim.RMSProp(parameters, rate, centered: true),
        "Adagrad" => optim.Adagrad(parameters, rate),
        "Adadelta" => optim.Adadelta(parameters, rate),
        "Adamax" => optim.Adamax(parameters, rate),
        "NAdam" => optim.NAdam(parameters, rate),
        "RAdam" => optim.RAdam(parameters, rate),
        "ASGD" => optim.ASGD(parameters, rate),
        "Rprop" => optim.Rprop(parameters, rate),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
