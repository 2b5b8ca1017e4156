namespace MLNetDebug.Torch.Networks;

/// <summary>Where a tensor comes from.</summary>
public enum ValueSource
{
    /// <summary>Code between modules that no known operation explains.</summary>
    Unknown = 0,

    /// <summary>An input of the network.</summary>
    Input = 1,

    /// <summary>The return of a module that was seen.</summary>
    Module = 2,

    /// <summary>A functional operation that was named by comparing numbers.</summary>
    Operation = 3,
}

/// <summary>One tensor that passed between modules. Its numbers are those when it was first seen: what an operation in place does to it later does not show.</summary>
public sealed record ValueProfile
{
    /// <summary>The position among <see cref="NetworkProfile.Values"/>.</summary>
    public required int Id { get; init; }

    /// <summary>Shape, type and statistics.</summary>
    public required TensorFacts Facts { get; init; }

    /// <summary>Where it comes from.</summary>
    public ValueSource Source { get; init; }

    /// <summary>The innermost call that returned it; null where <see cref="Source"/> is not <see cref="ValueSource.Module"/>.</summary>
    public int? Call { get; init; }

    /// <summary>The operation that made it; null where <see cref="Source"/> is not <see cref="ValueSource.Operation"/>.</summary>
    public FunctionalOperation? Operation { get; init; }
}

/// <summary>An operation in the code between modules, named by its numbers.</summary>
/// <param name="Name">TorchSharp's name: <c>relu</c>, <c>tanh</c>, <c>sigmoid</c>, <c>gelu</c>, <c>silu</c>, <c>leaky_relu</c>, <c>elu</c>, <c>softmax</c>, <c>log_softmax</c>, <c>exp</c>, <c>log</c>, <c>dropout</c>, <c>scale</c>,
/// <c>soft_cap</c>, <c>view</c>, <c>transpose</c>, <c>slice</c>, <c>clone</c>, <c>layer_norm</c>, <c>rms_norm</c>, <c>max_pool2d</c>, <c>mean</c>, <c>add</c>, <c>mul</c>.</param>
/// <param name="Of">Ids of the tensors it was applied to.</param>
public sealed record FunctionalOperation(string Name, IReadOnlyList<int> Of)
{
    /// <summary>The dimension it runs over, for a softmax; negative ones are counted from the end and never stored.</summary>
    public int? Dimension { get; init; }

    /// <summary>Its setting: the factor of a scale, the slope of a leaky_relu, the p of a dropout, the bound of a soft_cap; null where it has none.</summary>
    public double? Setting { get; init; }

    /// <summary>The path of the module in whose code it stands, as far as it is known; empty for the network itself.</summary>
    public string? Within { get; init; }
}
