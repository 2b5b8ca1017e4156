namespace MLNetDebug.Torch.Networks;

/// <summary>An optimizer's groups, read back from it.</summary>
public sealed record OptimizerProfile
{
    /// <summary>Its type, such as <c>SGD</c> or <c>AdamW</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its parameter groups.</summary>
    public IReadOnlyList<ParameterGroupProfile> Groups { get; init; } = [];
}

/// <summary>One parameter group.</summary>
public sealed record ParameterGroupProfile
{
    /// <summary>The position among the optimizer's groups.</summary>
    public required int Index { get; init; }

    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>The momentum; null where the optimizer has none.</summary>
    public double? Momentum { get; init; }

    /// <summary>The weight decay; null where the optimizer has none.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>The decay rates of the averages of gradients and of their squares; null where the optimizer has none.</summary>
    public (double First, double Second)? Betas { get; init; }

    /// <summary>Names of the network's parameters in the group, each under its first name, as often as the group holds it.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Parameters in the group that are none of the network's.</summary>
    public int Foreign { get; init; }
}
