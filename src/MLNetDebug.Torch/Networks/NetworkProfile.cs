namespace MLNetDebug.Torch.Networks;

/// <summary>
/// What one traced forward pass of a network on one batch shows, before any step is taken: modules, the order they ran in, the values that passed between them,
/// parameters, optimizers, and the loss with what it was fed. Numbers only; no tensor is kept.
/// </summary>
public sealed record NetworkProfile
{
    /// <summary>The network's type, such as <c>Sequential</c>.</summary>
    public required string Network { get; init; }

    /// <summary>Every registered module in order of registration, the network itself first (its <see cref="ModuleProfile.Name"/> is empty).</summary>
    public IReadOnlyList<ModuleProfile> Modules { get; init; } = [];

    /// <summary>The calls of modules that were seen, in the order they ended: a module's children stand before it.</summary>
    public IReadOnlyList<CallProfile> Calls { get; init; } = [];

    /// <summary>The tensors that passed between modules; <see cref="ValueProfile.Id"/> is the position in this list.</summary>
    public IReadOnlyList<ValueProfile> Values { get; init; } = [];

    /// <summary>The registered parameters, in order of registration; a parameter that is listed under two names stands here twice.</summary>
    public IReadOnlyList<ParameterProfile> Parameters { get; init; } = [];

    /// <summary>Modules and parameters that are held in fields and not registered.</summary>
    public IReadOnlyList<UnregisteredProfile> Unregistered { get; init; } = [];

    /// <summary>The optimizers; empty where none was given.</summary>
    public IReadOnlyList<OptimizerProfile> Optimizers { get; init; } = [];

    /// <summary>The loss and what it was fed; null where none was given.</summary>
    public LossProfile? Loss { get; init; }

    /// <summary>What the running statistics of batch normalisation are worth; null unless it was measured on a trained network (<see cref="NetworkCheckOptions.Recalibration"/>).</summary>
    public RecalibrationProfile? Recalibration { get; init; }

    /// <summary>Rows of the batch: the first dimension of the first input; 0 where there is none.</summary>
    public long BatchSize { get; init; }

    /// <summary>Pairs of parameter names that the user says share one tensor on purpose.</summary>
    public IReadOnlyList<IReadOnlyList<string>> DeclaredTies { get; init; } = [];
}
