using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <summary>What to check of a network and what to leave alone. Everything has a default.</summary>
public sealed record NetworkCheckOptions
{
    /// <summary>Ids of rules that shall not run. Default: none.</summary>
    public IReadOnlyCollection<string> Silence { get; init; } = [];

    /// <summary>Severities by rule id that replace the rules' own. Default: none.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>();

    /// <summary>Thresholds of single rules, at most one record per rule. Default: none.</summary>
    public IReadOnlyList<RuleOptions> RuleOptions { get; init; } = [];

    /// <summary>Rules of your own over <see cref="Networks.NetworkProfile"/> that run beside the built-in ones. Default: none.</summary>
    public IReadOnlyList<Rule> Rules { get; init; } = [];

    /// <summary>Further optimizers that train parts of the network. Default: none.</summary>
    public IReadOnlyList<optim.Optimizer> MoreOptimizers { get; init; } = [];

    /// <summary>Names of parameters that share one tensor on purpose, such as <c>["embedding.weight", "head.weight"]</c>. Default: none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TiedParameters { get; init; } = [];

    /// <summary>Batches of a trained network's data with which its batch normalisation is judged (MLD213); null to leave that out. Default null.</summary>
    public RecalibrationData? Recalibration { get; init; }

    /// <summary>Ends the check early with <see cref="OperationCanceledException"/>. Default: none.</summary>
    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Data that the running statistics of batch normalisation are gathered anew from.</summary>
/// <param name="Training">Batches of training inputs, at least one.</param>
/// <param name="HeldOutInput">Inputs that were not trained on.</param>
/// <param name="HeldOutTarget">Their targets.</param>
public sealed record RecalibrationData(IReadOnlyList<Tensor> Training, Tensor HeldOutInput, Tensor HeldOutTarget);
