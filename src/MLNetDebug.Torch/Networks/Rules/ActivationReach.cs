namespace MLNetDebug.Torch.Networks;

/// <summary>What an activation's results are bounded by.</summary>
/// <param name="Low">The least result; minus infinity where there is none.</param>
/// <param name="High">The largest result; infinity where there is none.</param>
internal sealed record ActivationReach(double Low, double High)
{
    /// <summary>Null for a step that bounds nothing, or that is not known.</summary>
    public static ActivationReach? Of(FlowStep step) => step.Kind switch
    {
        ModuleKind.Softmax => new(0, 1),
        ModuleKind.LogSoftmax => new(double.NegativeInfinity, 0),
        ModuleKind.Activation => Of(step.Function, step.Module?.Settings),
        _ => null,
    };

    private static ActivationReach? Of(string function, IReadOnlyDictionary<string, double>? settings)
    {
        return function switch
        {
            "relu" or "softplus" => new(0, double.PositiveInfinity),
            "relu6" => new(0, 6),
            "sigmoid" or "hardsigmoid" => new(0, 1),
            "tanh" or "softsign" => new(-1, 1),
            "hardtanh" => new(Setting("min_val", -1), Setting("max_val", 1)),
            "gelu" => new(-0.17, double.PositiveInfinity),
            "silu" => new(-0.2785, double.PositiveInfinity),
            "mish" => new(-0.3089, double.PositiveInfinity),
            "hardswish" => new(-0.375, double.PositiveInfinity),
            "elu" or "celu" => new(-Setting("alpha", 1), double.PositiveInfinity),
            "selu" => new(-1.7582, double.PositiveInfinity),
            "logsigmoid" => new(double.NegativeInfinity, 0),
            _ => null,
        };

        double Setting(string name, double missing) => settings?.GetValueOrDefault(name, missing) ?? missing;
    }
}
